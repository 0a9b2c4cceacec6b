/** How far I have read in each room, and how much of others is unread; the server keeps it for all my tabs. */

import { on, tell } from '../lib/socket'
import { sessionStore, whenSessionEnds } from '../lib/stores'
import type { ChatRoom } from '../lib/types'

const TELL_EVERY = 500 // ms

interface Reading {
  /** Room id to sequence number. */
  upTo: Record<number, number>
  /** Room id to the number of unread messages. */
  unread: Record<number, number>
}

export const useReading = sessionStore<Reading>({ upTo: {}, unread: {} })

export const readSeq = (roomId: number): number | undefined => useReading.getState().upTo[roomId]
export const unreadIn = (roomId: number): number => useReading.getState().unread[roomId] ?? 0

export function setUnread(roomId: number, count: number): void {
  useReading.setState(({ unread }) => ({ unread: { ...unread, [roomId]: count } }))
}

export const addUnread = (roomId: number): void => setUnread(roomId, unreadIn(roomId) + 1)

function advance(roomId: number, seq: number): void {
  useReading.setState(({ upTo }) => ({ upTo: { ...upTo, [roomId]: seq } }))
}

const timers = new Map<number, ReturnType<typeof setTimeout>>()

whenSessionEnds(() => {
  for (const timer of timers.values()) clearTimeout(timer)
  timers.clear()
})

function tellServer(roomId: number): void {
  timers.delete(roomId)
  const seq = readSeq(roomId)
  if (seq !== undefined) tell('mark_read', { room_id: roomId, seq })
}

/** I have seen the room up to here. Many marks in a burst are told as one. */
export function markRead(roomId: number, seq: number): void {
  if (unreadIn(roomId) > 0) setUnread(roomId, 0)
  if (seq <= (readSeq(roomId) ?? 0)) return
  advance(roomId, seq)
  if (!timers.has(roomId))
    timers.set(
      roomId,
      setTimeout(() => tellServer(roomId), TELL_EVERY),
    )
}

/** Takes the server's word, unless this tab has read further while the connection was gone. */
export function startReading(room: ChatRoom): void {
  const theirs = room.last_read_seq ?? room.last_seq
  const mine = readSeq(room.id) ?? 0
  // A position beyond the end belongs to an earlier life of the server's data.
  if (mine > theirs && mine <= room.last_seq) tellServer(room.id)
  else advance(room.id, theirs)
}

export function forgetReading(roomId: number): void {
  useReading.setState(({ upTo, unread }) => {
    const { [roomId]: _, ...restUpTo } = upTo
    const { [roomId]: __, ...restUnread } = unread
    return { upTo: restUpTo, unread: restUnread }
  })
}

/** Another tab of mine read; it knows better only when it is ahead. */
on('room_read', ({ room_id, last_read_seq }) => {
  if (last_read_seq < (readSeq(room_id) ?? 0)) return
  advance(room_id, last_read_seq)
  setUnread(room_id, 0)
})
