import { UserRoundCheck } from 'lucide-react'
import { useT } from '../lib/i18n'
import { useNewcomers } from './newcomers'

const SHOWN = 3

/** How many have come in since the invitation was opened, and who came last. */
export function NewcomerCount({ className = '' }: { className?: string }) {
  const t = useT()
  const people = useNewcomers((state) => state.people)
  const latest = people.slice(-SHOWN).reverse()
  return (
    <div role="status" className={`flex min-w-0 items-center gap-[0.6em] ${className}`}>
      {people.length === 0 ? (
        <p className="text-soft">{t('invite.nobodyYet')}</p>
      ) : (
        <>
          <UserRoundCheck size="1.5em" className="shrink-0 text-online" aria-hidden />
          <p className="min-w-0 leading-snug">
            <strong className="font-semibold">{t('invite.joined', { count: people.length })}</strong>
            <span dir="auto" className="block truncate text-sm text-soft">
              {latest.map((person) => person.name).join(' · ')}
              {people.length > SHOWN && ' …'}
            </span>
          </p>
        </>
      )}
    </div>
  )
}
