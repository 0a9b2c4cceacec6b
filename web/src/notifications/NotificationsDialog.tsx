import { useReducer } from 'react'
import { useLocation } from 'wouter'
import { notificationState } from '../lib/capabilities'
import { useT } from '../lib/i18n'
import { Checkbox } from '../ui/Checkbox'
import { Dialog } from '../ui/Dialog'
import { setNotifying, useNotifying } from './device'

/** Of what I am told, how, and when. */
export default function NotificationsDialog({ onClose }: { onClose: () => void }) {
  const t = useT()
  return (
    <Dialog title={t('notify.title')} description={t('notify.rooms')} isOpen onClose={onClose}>
      <div className="space-y-4">
        <OnThisDevice onClose={onClose} />
      </div>
    </Dialog>
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
          className="ms-6 text-sm text-accent underline coarse:min-h-11"
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
