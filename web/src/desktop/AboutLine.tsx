import { lazy, Suspense, useState } from 'react'
import { useT } from '../lib/i18n'
import { useAction } from '../lib/useAction'
import { setOpensAtLogin, useDesk } from './store'

const AboutDialog = lazy(() => import('../about/AboutDialog'))

export function AboutLine() {
  const t = useT()
  const desk = useDesk((state) => state.desk)
  const { run, problem } = useAction()
  const [isOpen, setOpen] = useState(false)
  if (desk === null) return null
  const { version, commit, date } = desk.build
  const details = [commit.slice(0, 10), date].filter((part) => part !== '').join(', ')
  const shown = details === '' ? version : `${version} (${details})`
  return (
    <footer className="grid justify-items-center gap-2 pb-4 text-sm text-soft">
      <label className="flex items-center gap-2">
        <input
          type="checkbox"
          className="accent-accent"
          checked={desk.opens_at_login}
          onChange={(event) => void run(() => setOpensAtLogin(event.target.checked))}
        />
        {t('start.opensAtLogin')}
      </label>
      {problem !== null && <p role="alert">{problem}</p>}
      <button
        type="button"
        aria-haspopup="dialog"
        className="rounded-md px-2 py-1 underline decoration-line underline-offset-4 hover:text-ink"
        onClick={() => setOpen(true)}
      >
        LanChat {shown}
      </button>
      <Suspense>{isOpen && <AboutDialog version={shown} onClose={() => setOpen(false)} />}</Suspense>
    </footer>
  )
}
