/** In a slow room: how long until I may speak again. Those who manage it don't wait. */
import { currentUser } from '../../accounts/store'
import { hereAt } from '../../host/store'
import type { Message } from '../../lib/types'
import { useSecondsTo } from '../../lib/useSecondsTo'
import type { Room } from '../../rooms/store'
import { useSending } from '../state/sending'
import { useMessages } from '../state/timelines'

export const isSlow = ({ slow_mode, can }: Room): boolean => slow_mode > 0 && !can.manage

/** In seconds; 0 once it is over, and in every other room. */
export function usePause(room: Room): number {
  const spokeAt = useMessages(({ byRoom }) => (isSlow(room) ? lastOwn(byRoom[room.id]?.messages) : null))
  const isSending = useSending(
    ({ unsent }) => isSlow(room) && unsent.some((entry) => entry.room_id === room.id && entry.error === null),
  )
  const left = useSecondsTo(spokeAt === null ? null : hereAt(spokeAt) + room.slow_mode * 1_000) ?? 0
  return isSending ? room.slow_mode : Math.min(left, room.slow_mode)
}

/** When it was said; recalled or not, it was said. */
function lastOwn(messages: Message[] = []): string | null {
  const myId = currentUser()?.id
  const mine = messages.findLast(({ user_id, message_type }) => user_id === myId && message_type !== 'system')
  return mine?.timestamp ?? null
}
