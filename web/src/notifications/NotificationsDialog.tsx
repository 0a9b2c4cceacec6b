import { useReducer, useState } from 'react'
import { useLocation } from 'wouter'
import { prefer, usePreferences } from '../accounts/preferences'
import { notificationState } from '../lib/capabilities'
import { asChatError } from '../lib/errors'
import { errorText } from '../lib/errorText'
import { useT } from '../lib/i18n'
import { Alert } from '../ui/Alert'
import { Checkbox } from '../ui/Checkbox'
import { Dialog } from '../ui/Dialog'
import { setNotifying, useNotifying } from './device'
import { QuietHours } from './QuietHours'

/** Of what I am told, how, and when. */
export default function NotificationsDialog({ onClose }: { onClose: () => void }) {
  const t = useT()
  return (
    <Dialog title={t('notify.title')} description={t('notify.rooms')} isOpen onClose={onClose}>
      <div className="space-y-4">
        <OnThisDevice onClose={onClose} />
        <OnAll />
      </div>
    </Dialog>
  )
}

/** What I prefer wherever I am signed in. */
function OnAll() {
  const t = useT()
  const preferences = usePreferences()
  const [problem, setProblem] = useState<string | null>(null)
  if (preferences === undefined) return null

  function follow(work: Promise<void>) {
    work.then(
      () => setProblem(null),
      (reason) => setProblem(errorText(asChatError(reason))),
    )
  }

  return (
    <>
      <h3 className="border-t border-line pt-4 font-semibold">{t('notify.everywhere')}</h3>
      {problem !== null && <Alert>{problem}</Alert>}
      <QuietHours preferences={preferences} onChange={follow} />
      <Checkbox
        label={t('notify.receipts')}
        hint={t('notify.receiptsHint')}
        checked={preferences.show_read_receipts}
        onChange={({ target }) => follow(prefer({ show_read_receipts: target.checked }))}
      />
    </>
  )
}

function OnThisDevice({ onClose }: { onClose: () => void }) {
  const t = useT()
  const { shows, sounds } = useNotifying()
  const [, navigate] = useLocation()
  const [, look] = useReducer((n: number) => n + 1, 0)
  const state = notificationState()
  const isPossible = state === 'granted' || state === 'ask'

  /** The browser is asked on this click only. */
  function show(isWanted: boolean) {
    setNotifying('shows', isWanted)
    if (isWanted && state === 'ask') void Notification.requestPermission().then(look)
  }

  return (
    <>
      <Checkbox
        label={t('notify.shows')}
        hint={isPossible ? t('notify.showsHint') : t(`notify.${state}`)}
        checked={shows && state === 'granted'}
        disabled={!isPossible}
        onChange={(event) => show(event.target.checked)}
      />
      {state === 'insecure' && (
        <button
          type="button"
          className="ms-6 text-sm coarse:ms-7 text-accent underline coarse:min-h-11"
          onClick={() => {
            onClose()
            navigate('/secure')
          }}
        >
          {t('notify.how')}
        </button>
      )}
      <Checkbox
        label={t('notify.sounds')}
        hint={t('notify.soundsHint')}
        checked={sounds}
        onChange={(event) => setNotifying('sounds', event.target.checked)}
      />
    </>
  )
}
