/** The timelines of the rooms looked at: history, live messages, and catching up after a break. */

import { currentUser } from '../../accounts/store'
import { answer, api } from '../../lib/api'
import { ask, on, type SyncedRoom } from '../../lib/socket'
import { sessionStore } from '../../lib/stores'
import type { Message } from '../../lib/types'
import { addUnread, markRead, readSeq, setUnread, unreadIn } from '../../rooms/readState'
import { findRoom, isMine, loadRooms, noteMessage, useRooms } from '../../rooms/store'
import { merge, unbrokenTo } from './merge'
import { markDelivered, noteReceipts } from './receipts'

export interface Timeline {
  messages: Message[]
  hasOlder: boolean
  isLoadingOlder: boolean
  /** Everything up to this sequence number is known. */
  lastSeq: number
  newAfter: number | null
}

const PAGE = 50
const MAX_PAGE = 100
/** A timeline opens with its first unread message unless more than about this many follow it. */
const MAX_UNREAD = 500
/** A timeline further behind than this starts over at the newest page. */
const MAX_CATCH_UP = 500

export const useMessages = sessionStore<{ byRoom: Record<number, Timeline> }>({ byRoom: {} })

const find = (roomId: number): Timeline | undefined => useMessages.getState().byRoom[roomId]

function change(roomId: number, edit: Partial<Timeline>): void {
  useMessages.setState(({ byRoom }) => {
    const timeline = byRoom[roomId]
    return timeline === undefined ? {} : { byRoom: { ...byRoom, [roomId]: { ...timeline, ...edit } } }
  })
}

export function clearTimelines(): void {
  useMessages.setState({ byRoom: {} })
}

export function dropTimeline(roomId: number): void {
  useMessages.setState(({ byRoom }) => {
    const { [roomId]: _, ...rest } = byRoom
    return { byRoom: rest }
  })
}

interface PageQuery {
  limit: number
  before_seq?: number
  after_seq?: number
}

const fetchPage = (room_id: number, query: PageQuery) =>
  answer(api.GET('/api/messages/{room_id}', { params: { path: { room_id }, query } }))

/** The newest page, and those before it until one holds the message after `from`, or enough are there. */
async function fetchBackTo(roomId: number, from: number | null, limit: number) {
  let page = await fetchPage(roomId, { limit })
  const { messages, last_seq } = page
  const isEarlier = () => from !== null && page.has_more && (messages[0]?.seq ?? 0) > from + 1
  while (isEarlier() && messages.length < MAX_UNREAD) {
    page = await fetchPage(roomId, { limit: MAX_PAGE, before_seq: messages[0]?.seq ?? 0 })
    messages.unshift(...page.messages)
  }
  return { messages, last_seq, has_more: page.has_more }
}

/** Loads the end of the room, as far back as to the first unread message where that is not too far. */
export async function openTimeline(roomId: number): Promise<void> {
  const unread = unreadIn(roomId)
  const newAfter = unread > 0 ? (readSeq(roomId) ?? null) : null
  const page = await fetchBackTo(roomId, newAfter, Math.min(MAX_PAGE, Math.max(PAGE, unread + 20)))
  const arrived = find(roomId)?.messages ?? []
  const messages = merge(arrived, page.messages)
  const timeline: Timeline = {
    messages,
    hasOlder: page.has_more,
    isLoadingOlder: false,
    lastSeq: unbrokenTo(messages, page.last_seq),
    newAfter,
  }
  useMessages.setState(({ byRoom }) => ({ byRoom: { ...byRoom, [roomId]: timeline } }))
  // What came live while the page was on its way had no timeline to go to.
  if ((findRoom(roomId)?.last_seq ?? 0) > timeline.lastSeq) void catchUp([roomId])
}

/** The page before the oldest message known. */
export async function loadOlder(roomId: number): Promise<void> {
  const timeline = find(roomId)
  const oldest = timeline?.messages[0]
  if (timeline === undefined || oldest === undefined || !timeline.hasOlder || timeline.isLoadingOlder) return
  change(roomId, { isLoadingOlder: true })
  try {
    const page = await fetchPage(roomId, { limit: PAGE, before_seq: oldest.seq })
    const messages = merge(find(roomId)?.messages ?? [], page.messages)
    change(roomId, { messages, hasOlder: page.has_more })
  } finally {
    change(roomId, { isLoadingOlder: false })
  }
}

/** How many unread messages, as far as one can tell, lie before the first that is loaded. */
export function unreadAbove({ messages, hasOlder, newAfter }: Timeline): number {
  const first = messages[0]
  return newAfter === null || !hasOlder || first === undefined ? 0 : Math.max(0, first.seq - newAfter - 1)
}

/** Everything that arrives, live or acknowledged, enters a timeline here. */
export function receive(message: Message): void {
  const isNew = message.seq > (findRoom(message.room_id)?.last_message?.seq ?? 0)
  if (isNew && message.user_id !== currentUser()?.id) addUnread(message.room_id)
  noteMessage(message)
  markDelivered(message)
  const timeline = find(message.room_id)
  if (timeline === undefined) return
  const messages = merge(timeline.messages, [message])
  const lastSeq = unbrokenTo(messages, timeline.lastSeq)
  change(message.room_id, { messages, lastSeq })
  if (message.seq > lastSeq) void catchUp([message.room_id])
}

/** The reader has seen the end of the room. */
export function markSeen(roomId: number): void {
  const room = findRoom(roomId)
  const seq = Math.max(find(roomId)?.lastSeq ?? 0, room?.last_seq ?? 0)
  markRead(roomId, seq)
}

/** The reader looks away, to another room or another window: what is unread and what comes stands under the line. */
export function lookAway(roomId: number): void {
  const timeline = find(roomId)
  if (timeline === undefined) return
  change(roomId, { newAfter: Math.min(timeline.lastSeq, readSeq(roomId) ?? timeline.lastSeq) })
}

let epoch: string | number | undefined
let isCatchingUp = false
const behind = new Set<number>()

/** Fetches what the given timelines lack. One run at a time; a run goes on for rooms that are named meanwhile. */
export async function catchUp(roomIds: number[]): Promise<void> {
  for (const id of roomIds) behind.add(id)
  if (isCatchingUp) return
  isCatchingUp = true
  try {
    // Asked even with no rooms: the answer tells whether the server's data is still the same.
    do {
      const ids = [...behind].filter((id) => find(id) !== undefined)
      behind.clear()
      const synced = await sync(Object.fromEntries(ids.map((id) => [id, find(id)?.lastSeq ?? 0])))
      for (const id of ids) if (fill(id, synced[id])) behind.add(id)
    } while (behind.size > 0)
  } catch {
    // The connection broke again: its return starts the next run.
    behind.clear()
  } finally {
    isCatchingUp = false
  }
}

/** True while the room needs another page. */
function fill(roomId: number, synced: SyncedRoom | undefined): boolean {
  const timeline = find(roomId)
  if (timeline === undefined || synced === undefined) return false
  const messages = merge(timeline.messages, synced.messages)
  change(roomId, { messages, lastSeq: unbrokenTo(messages, synced.last_seq) })
  for (const message of synced.messages) noteMessage(message)
  return synced.has_more && synced.last_seq > timeline.lastSeq
}

async function sync(rooms: Record<string, number>): Promise<Record<string, SyncedRoom>> {
  const answered = await ask('sync', { rooms })
  if (epoch !== undefined && answered.epoch !== epoch) await startOver()
  epoch = answered.epoch
  return answered.rooms
}

/** The server's data is another than we knew: nothing held here can be trusted to follow on. */
async function startOver(): Promise<void> {
  const { openId } = useRooms.getState()
  clearTimelines()
  if (openId !== null) await openTimeline(openId)
}

/** The newest message and the unread ones of every room of mine. */
async function loadOverview(): Promise<void> {
  const { rooms } = await answer(api.GET('/api/messages/overview'))
  for (const { room_id, unread_count, last_message, receipts } of rooms) {
    noteReceipts(receipts)
    if (last_message !== null) {
      noteMessage(last_message)
      if (unread_count > 0) markDelivered(last_message)
    }
    const isReadHere = (readSeq(room_id) ?? 0) >= (last_message?.seq ?? 0)
    setUnread(room_id, isReadHere ? 0 : unread_count)
  }
}

/** After every connection: what is on screen, by the socket alone; then the lists, then the other gaps. */
export async function resume(): Promise<void> {
  const { openId } = useRooms.getState()
  // Not waited for: requests may hang for a while on connections that a sleep has killed.
  if (openId !== null && find(openId) !== undefined) void catchUp([openId])
  await loadRooms()
  await loadOverview()
  for (const [id, { lastSeq }] of Object.entries(useMessages.getState().byRoom)) {
    const room = findRoom(Number(id))
    if (!isMine(room)) dropTimeline(Number(id))
    else if (room.last_seq - lastSeq > MAX_CATCH_UP && Number(id) !== useRooms.getState().openId)
      dropTimeline(Number(id))
  }
  await catchUp(Object.keys(useMessages.getState().byRoom).map(Number))
}

on('new_message', receive)
on('resync', () => void resume().catch(() => undefined))
on('room_deleted', ({ room_id }) => dropTimeline(room_id))
on('room_left', ({ room_id }) => dropTimeline(room_id))
