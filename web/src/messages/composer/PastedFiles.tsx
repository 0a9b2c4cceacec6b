import { ImagePlus, X } from 'lucide-react'
import { useT } from '../../lib/i18n'
import { Button, IconButton } from '../../ui/Button'

interface Props {
  onTake: () => void
  onClose: () => void
}

/** What came with a pasted text: on offer, as mostly the text is meant. */
export default function PastedFiles({ onTake, onClose }: Props) {
  const t = useT()

  function take() {
    onClose()
    onTake()
  }

  return (
    <div role="status" className="flex items-center gap-2 border-b border-line py-1 ps-3 pe-1 text-sm">
      <ImagePlus size={16} className="shrink-0 text-soft" aria-hidden />
      <span className="min-w-0 flex-1">{t('composer.pasted')}</span>
      <Button look="quiet" className="text-accent!" onClick={take}>
        {t('composer.attachPasted')}
      </Button>
      <IconButton label={t('ui.close')} onClick={onClose}>
        <X size={20} />
      </IconButton>
    </div>
  )
}
