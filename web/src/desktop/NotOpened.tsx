import { ShieldAlert } from 'lucide-react'
import { useT } from '../lib/i18n'
import { useAction } from '../lib/useAction'
import { Alert } from '../ui/Alert'
import { Button } from '../ui/Button'
import { chooseAgain, type Suspect, trust } from './store'

/** Why a host that may be another was not opened, and how to go on. */
export function NotOpened({ suspect }: { suspect: Suspect }) {
  const t = useT()
  const { run, isBusy, problem } = useAction()
  const { name, address } = suspect
  return (
    <section aria-labelledby="not-opened" className="grid gap-4">
      <ShieldAlert size={48} className="mx-auto text-danger" aria-hidden />
      <h1 id="not-opened" className="text-center text-xl font-semibold text-balance">
        {t('start.suspectTitle', { name })}
      </h1>
      <p>{t('start.suspectWhy', { name, address })}</p>
      <p>{t('start.suspectDo')}</p>
      <dl className="grid gap-3 rounded-lg border border-line bg-raised p-4 text-sm">
        <Key label={t('start.knownKey')} hex={suspect.known_key} />
        <Key label={t('start.shownKey')} hex={suspect.shown_key} />
      </dl>
      {problem !== null && <Alert>{problem}</Alert>}
      <Button disabled={isBusy} onClick={() => void run(chooseAgain)}>
        {t('start.back')}
      </Button>
      <Button look="danger" disabled={isBusy} onClick={() => void run(trust)}>
        {t('start.trust')}
      </Button>
    </section>
  )
}

/** In groups that can be read aloud over a telephone. */
function Key({ label, hex }: { label: string; hex: string }) {
  const t = useT()
  return (
    <div>
      <dt className="text-soft">{label}</dt>
      <dd className="font-mono text-xs leading-5 break-words" translate="no">
        {hex === '' ? t('start.noKey') : hex.replace(/(.{4})(?=.)/g, '$1 ')}
      </dd>
    </div>
  )
}
