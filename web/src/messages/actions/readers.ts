/** Who has read what I said. */
import { currentUser } from '../../accounts/store'
import { answer, api } from '../../lib/api'
import type { Message, User } from '../../lib/types'

/** By name, myself left out; `more` are those that the answer only counts. Throws ChatError. */
export async function loadReaders(message: Message): Promise<{ readers: User[]; more: number }> {
  const path = { room_id: message.room_id, message_id: message.id }
  const { readers, total } = await answer(
    api.GET('/api/messages/{room_id}/{message_id}/read-by', { params: { path } }),
  )
  return { readers: readers.filter(({ id }) => id !== currentUser()?.id), more: total - readers.length }
}
