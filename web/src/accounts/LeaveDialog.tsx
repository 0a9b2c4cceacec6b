import { useT } from '../lib/i18n'
import { Button } from '../ui/Button'
import { Dialog } from '../ui/Dialog'
import { logOut, useAccount } from './store'

interface Props {
  onClose: () => void
  /** Make an account instead, where the host takes new ones. */
  onKeep: (() => void) | undefined
}

/** A guest who logs out is gone, and whoever has no password yet nearly: said before, not after. */
export default function LeaveDialog({ onClose, onKeep }: Props) {
  const t = useT()
  const name = useAccount((state) => state.user?.username ?? '')
  const isGuest = useAccount((state) => state.user?.is_guest === true)
  return (
    <Dialog
      title={t(isGuest ? 'leave.title' : 'leave.withoutTitle')}
      description={t(isGuest ? 'leave.hint' : 'leave.withoutHint', { name })}
      isOpen
      onClose={onClose}
    >
      <div className="mt-2 flex flex-wrap justify-end gap-2">
        <Button look="danger" onClick={() => void logOut()}>
          {t('leave.leave')}
        </Button>
        {onKeep !== undefined && (
          <Button onClick={onKeep}>{t(isGuest ? 'upgrade.title' : 'upgrade.firstTitle')}</Button>
        )}
      </div>
    </Dialog>
  )
}
