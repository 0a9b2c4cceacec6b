import { Pin } from 'lucide-react'
import { currentUser } from '../../accounts/store'
import { exactTime } from '../../lib/format'
import { useT } from '../../lib/i18n'
import type { Message } from '../../lib/types'
import { useRooms } from '../../rooms/store'
import { openBelow } from '../actions/active'

/** Behind a message's words: that they are others than they were, and that they are pinned. */
export function Marks({ message }: { message: Message }) {
  const t = useT()
  const { edited_at, pinned_at, user_id, room_id } = message
  const manages = useRooms((state) => state.byId[room_id]?.can.manage === true)
  const title = edited_at === null ? '' : t('message.editedAt', { when: exactTime(edited_at) })
  const mayLook = manages || user_id === currentUser()?.id
  return (
    <span className="flex items-center gap-1.5 text-xs text-soft">
      {edited_at !== null && mayLook && (
        <button
          type="button"
          title={title}
          onClick={(event) => openBelow(event.currentTarget, message, 'edits')}
          className="min-h-6 hover:underline"
        >
          {t('message.edited')}
        </button>
      )}
      {edited_at !== null && !mayLook && <span title={title}>{t('message.edited')}</span>}
      {pinned_at !== null && (
        <Pin size={16} role="img" aria-hidden={false} aria-label={t('message.pinned')} />
      )}
    </span>
  )
}
