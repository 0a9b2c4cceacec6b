import { useT } from '../lib/i18n'
import { Dialog } from '../ui/Dialog'
import { ExportForm } from './ExportForm'

/** Taking with me all that is mine. */
export default function ExportMineDialog({ onClose }: { onClose: () => void }) {
  const t = useT()
  return (
    <Dialog title={t('export.mine')} isOpen onClose={onClose}>
      <ExportForm roomId={null} />
    </Dialog>
  )
}
