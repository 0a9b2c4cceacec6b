/** What is pinned in the rooms looked at, the newest pin first. */
import { answer, api } from '../../lib/api'
import { onAdded, onChanged } from '../../lib/news'
import { sessionStore } from '../../lib/stores'
import type { Message } from '../../lib/types'
import { take } from '../state/feed'

const MOST = 100 // the server allows no more in a room

export const usePins = sessionStore<{ byRoom: Record<number, Message[]> }>({ byRoom: {} })

export async function loadPins(room_id: number): Promise<void> {
  const params = { path: { room_id }, query: { limit: MOST } }
  const { messages } = await answer(api.GET('/api/rooms/{room_id}/pins', { params }))
  usePins.setState(({ byRoom }) => ({ byRoom: { ...byRoom, [room_id]: messages } }))
}

/** Throws ChatError. */
export async function setPinned({ room_id, id }: Message, isPinned: boolean): Promise<void> {
  const path = '/api/messages/{room_id}/{message_id}/pin'
  const init = { params: { path: { room_id, message_id: id } } }
  take(await answer(isPinned ? api.PUT(path, init) : api.DELETE(path, init)))
}

const pinnedAt = ({ pinned_at }: Message): string => pinned_at ?? ''

function note(message: Message): void {
  usePins.setState(({ byRoom }) => {
    const known = byRoom[message.room_id]
    const before = known?.find(({ id }) => id === message.id)
    if (known === undefined || (before === undefined && message.pinned_at === null)) return {}
    if (before !== undefined && before.changed_seq > message.changed_seq) return {}
    const others = known.filter(({ id }) => id !== message.id)
    const pinned = message.pinned_at === null ? others : [message, ...others]
    pinned.sort((a, b) => pinnedAt(b).localeCompare(pinnedAt(a)))
    return { byRoom: { ...byRoom, [message.room_id]: pinned } }
  })
}

// After an absence a message may be new, and pinned already.
onAdded(note)
onChanged(note)
