import { useT } from '../lib/i18n'
import { Dialog } from '../ui/Dialog'
import { Reports } from './Reports'
import { EVERYWHERE } from './store'

/** For administrators: of all rooms. */
export default function ReportsDialog({ onClose }: { onClose: () => void }) {
  const t = useT()
  return (
    <Dialog title={t('report.title')} isOpen onClose={onClose} place="large">
      <Reports roomId={EVERYWHERE} />
    </Dialog>
  )
}
