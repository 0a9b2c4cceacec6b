/** Giving a message of mine other words. */
import { currentUser } from '../../accounts/store'
import type { components } from '../../contract'
import { answer, api } from '../../lib/api'
import type { Message } from '../../lib/types'
import { take } from '../state/feed'
import { useMessages } from '../state/timelines'

/** What is passed on keeps the words of who said them. */
export const isEditable = ({ user_id, message_type, is_deleted, forwarded_from }: Message): boolean =>
  user_id === currentUser()?.id && message_type !== 'system' && !is_deleted && forwarded_from === null

/** My last words in a room, as far as they are loaded. */
export const lastEditable = (roomId: number): Message | undefined =>
  useMessages.getState().byRoom[roomId]?.messages.findLast(isEditable)

const at = ({ room_id, id }: Message) => ({ params: { path: { room_id, message_id: id } } })

/** Throws ChatError. */
export async function saveEdit(message: Message, content: string): Promise<void> {
  take(await answer(api.PATCH('/api/messages/{room_id}/{message_id}', { ...at(message), body: { content } })))
}

/** What a message said before, the oldest first. Throws ChatError. */
export async function loadEdits(message: Message): Promise<components['schemas']['Edit'][]> {
  return (await answer(api.GET('/api/messages/{room_id}/{message_id}/edits', at(message)))).edits
}
