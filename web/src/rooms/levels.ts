/** Of what I am told in a room of mine: everything, what mentions me, or nothing. */
import { answer, api } from '../lib/api'
import { whenSessionEnds } from '../lib/stores'
import type { ChatRoom, Message } from '../lib/types'
import { isToCome } from '../lib/until'
import { isBlocked } from './blocks'
import { isCall, useReading } from './readState'
import { noteLevel, type Room, useRooms } from './store'

const LONGEST = 2 ** 31 - 1 // ms that a timer takes

export type Level = NonNullable<ChatRoom['notifications']>['level']

/** As it holds now: of a room that is muted for a time, nothing. */
export function levelOf({ notifications }: Pick<ChatRoom, 'notifications'>): Level {
  if (notifications === null || isToCome(notifications.muted_until)) return 'none'
  return notifications.level
}

interface Counts {
  unread: Record<number, number>
  mentions: Record<number, number>
}

/** How much of what is unread is told outside of the list of rooms. */
export const countTold = (rooms: Record<number, Room>, counts: Counts): number =>
  Object.values(rooms).reduce((sum, room) => sum + toldOf(room, counts), 0)

function toldOf(room: Room, { unread, mentions }: Counts): number {
  const level = levelOf(room)
  if (level === 'none') return 0
  return (level === 'all' ? unread : mentions)[room.id] ?? 0
}

/** Whether something of that is for me alone: a mention, or what is said in a direct room. */
export const isCalled = (rooms: Record<number, Room>, { unread, mentions }: Counts): boolean =>
  Object.values(rooms).some(
    (room) => levelOf(room) !== 'none' && ((room.kind === 'direct' ? unread : mentions)[room.id] ?? 0) > 0,
  )

export function useToldUnread(): number {
  const counts = useReading()
  return useRooms(({ byId }) => countTold(byId, counts))
}

export function useIsCalled(): boolean {
  const counts = useReading()
  return useRooms(({ byId }) => isCalled(byId, counts))
}

/** Whether I want to be told of a message of this room as it comes; of whom I blocked, never. */
export function isTold(room: Room, message: Message): boolean {
  if (isBlocked(message.user_id)) return false
  const level = levelOf(room)
  return level === 'all' || (level === 'mentions' && isCall(message))
}

/** On all my devices. `until`: nothing before; null where the level holds at once. Throws ChatError. */
export async function setLevel(room_id: number, level: Level, until: string | null = null): Promise<void> {
  const path = '/api/rooms/{room_id}/notifications'
  const body = { level, muted_until: until }
  const notifications = await answer(api.PUT(path, { params: { path: { room_id } }, body }))
  noteLevel({ room_id, notifications })
}

const endOf = ({ notifications }: Room): number => Date.parse(notifications?.muted_until ?? '')

let timer: ReturnType<typeof setTimeout> | undefined

/** When a mute is over, its room is another. */
function awaitEnds(rooms: Record<number, Room>): void {
  clearTimeout(timer)
  const muted = Object.values(rooms).filter((room) => !Number.isNaN(endOf(room)))
  if (muted.length === 0) return
  const next = Math.min(...muted.map(endOf))
  timer = setTimeout(
    () => {
      for (const room of muted.filter((each) => endOf(each) <= Date.now()))
        if (room.notifications !== null)
          noteLevel({ room_id: room.id, notifications: { ...room.notifications, muted_until: null } })
      awaitEnds(useRooms.getState().byId)
    },
    Math.min(LONGEST, Math.max(0, next - Date.now())),
  )
}

whenSessionEnds(() => clearTimeout(timer))
useRooms.subscribe(({ byId }, before) => byId !== before.byId && awaitEnds(byId))
