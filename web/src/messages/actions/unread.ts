/** Keeping a message for later: it and what follows it is unread again, on all my devices. */
import { answer, api } from '../../lib/api'
import type { Message } from '../../lib/types'

/** Throws ChatError. The event that tells all tabs changes what is shown. */
export async function markUnread({ room_id, seq }: Message): Promise<void> {
  await answer(api.POST('/api/rooms/{room_id}/unread', { params: { path: { room_id } }, body: { seq } }))
}
