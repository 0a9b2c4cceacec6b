import { Pencil, Reply, X } from 'lucide-react'
import { captionOf } from '../../lib/caption'
import { useT } from '../../lib/i18n'
import { plainText } from '../../lib/plainText'
import { spokenName } from '../../lib/spokenName'
import { IconButton } from '../../ui/Button'
import type { Writing } from '../actions/writing'

interface Props {
  writing: Writing
  onClose: () => void
}

/** Over the text: that it goes into a message of before, or answers one. */
export default function WritingBar({ writing: { verb, message }, onClose }: Props) {
  const t = useT()
  const isEdit = verb === 'edit'
  const Icon = isEdit ? Pencil : Reply
  return (
    <div className="flex h-10 items-center gap-2 border-b border-line ps-3 pe-0.5 text-sm coarse:h-12">
      <Icon size={16} className="shrink-0 text-accent" aria-hidden />
      <span className="max-w-[60%] shrink-0 truncate font-medium">
        {isEdit ? t('action.editing') : t('action.replyTo', { name: spokenName(message) })}
      </span>
      <bdi className="min-w-0 flex-1 truncate text-soft">
        {plainText(captionOf(message)) || message.attachment?.filename}
      </bdi>
      <IconButton label={t(isEdit ? 'action.stopEditing' : 'action.stopReply')} onClick={onClose}>
        <X size={20} />
      </IconButton>
    </div>
  )
}
