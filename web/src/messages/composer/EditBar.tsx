import { Pencil, X } from 'lucide-react'
import { useT } from '../../lib/i18n'
import { plainText } from '../../lib/plainText'
import type { Message } from '../../lib/types'
import { IconButton } from '../../ui/Button'

/** Over the text: that it goes into a message of before, and not into a new one. */
export function EditBar({ message, onClose }: { message: Message; onClose: () => void }) {
  const t = useT()
  return (
    <div className="flex h-10 items-center gap-2 border-b border-line ps-3 pe-0.5 text-sm coarse:h-12">
      <Pencil size={16} className="shrink-0 text-accent" aria-hidden />
      <span className="shrink-0 font-medium">{t('composer.editing')}</span>
      <bdi className="min-w-0 flex-1 truncate text-soft">{plainText(message.content)}</bdi>
      <IconButton label={t('composer.stopEditing')} onClick={onClose}>
        <X size={20} />
      </IconButton>
    </div>
  )
}
