import { useT } from '../lib/i18n'
import { useHostSettings } from './store'

/** Names that people take for others: only who bears one can change it. */
export function LookAlikes() {
  const t = useT()
  const names = useHostSettings((state) => state.lookAlikes)
  if (names.length === 0) return null
  return (
    <section aria-label={t('host.alike')} className="mb-4 rounded-lg bg-tint px-3 py-2 text-sm">
      <p className="font-medium">{t('host.alike')}</p>
      <ul className="my-1 list-disc ps-5">
        {names.map(({ kind, name, other }) => (
          <li key={`${kind} ${name}`} dir="auto" className="break-words">
            {t(kind === 'user' ? 'host.alikeUser' : 'host.alikeRoom', { name, other })}
          </li>
        ))}
      </ul>
      <p className="text-soft">{t('host.alikeHint')}</p>
    </section>
  )
}
