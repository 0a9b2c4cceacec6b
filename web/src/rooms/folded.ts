/** Whether a message is shown by a line that says only from whom it is, wherever it stands: whom I blocked said it. */
import type { Message } from '../lib/types'
import { foldedIn, useBlocks } from './blocks'
import { type Room, useRooms } from './store'

type Said = Pick<Message, 'id' | 'user_id' | 'message_type' | 'room_id'>

/** Whether two speak alone there, and nobody joins. */
export const isOfTwo = (room: Pick<Room, 'kind' | 'member_count'> | undefined): boolean =>
  room?.kind === 'direct' && room.member_count <= 2

/** As it is just now. */
export const isFolded = (message: Said): boolean =>
  foldedIn(useBlocks.getState(), isOfTwo(useRooms.getState().byId[message.room_id]))(message)

export function useIsFolded(message: Said): boolean {
  const isAlone = useRooms(({ byId }) => isOfTwo(byId[message.room_id]))
  return useBlocks((blocks) => foldedIn(blocks, isAlone)(message))
}
