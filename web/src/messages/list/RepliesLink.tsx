import { MessagesSquare } from 'lucide-react'
import { useT } from '../../lib/i18n'
import type { Message } from '../../lib/types'
import { openThread } from '../actions/openThread'

/** Under the first message of a chain: how many follow it, and the way to them. */
export default function RepliesLink({ message }: { message: Message }) {
  const t = useT()
  return (
    <button
      type="button"
      onClick={() => openThread(message)}
      className="mt-0.5 flex h-6.5 w-fit items-center gap-1.5 rounded-lg pe-2 text-sm font-medium text-accent hover:underline coarse:h-touch"
    >
      <MessagesSquare size={16} aria-hidden />
      {t('action.replies', { count: message.reply_count })}
    </button>
  )
}
