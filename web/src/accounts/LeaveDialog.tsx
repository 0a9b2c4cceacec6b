import { useT } from '../lib/i18n'
import { Button } from '../ui/Button'
import { Dialog } from '../ui/Dialog'
import { logOut, useAccount } from './store'

interface Props {
  onClose: () => void
  /** Make an account instead, where the host takes new ones. */
  onKeep: (() => void) | undefined
}

/** A guest who logs out is gone: said before, not after. */
export default function LeaveDialog({ onClose, onKeep }: Props) {
  const t = useT()
  const name = useAccount((state) => state.user?.username ?? '')
  return (
    <Dialog title={t('leave.title')} description={t('leave.hint', { name })} isOpen onClose={onClose}>
      <div className="mt-2 flex flex-wrap justify-end gap-2">
        <Button look="danger" onClick={() => void logOut()}>
          {t('leave.leave')}
        </Button>
        {onKeep !== undefined && <Button onClick={onKeep}>{t('upgrade.title')}</Button>}
      </div>
    </Dialog>
  )
}
