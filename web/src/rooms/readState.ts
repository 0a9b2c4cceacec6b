/** How far I have read in each room, and how much of others is unread; the server keeps it for all my tabs. */
import { currentUser } from '../accounts/store'
import type { ServerEvents } from '../contract'
import { onAdded, onChanged } from '../lib/news'
import { tell } from '../lib/socket'
import { sessionStore, whenSessionEnds } from '../lib/stores'
import type { ChatRoom, Message } from '../lib/types'
import { isBlocked, useBlocks } from './blocks'

type RoomRead = ServerEvents['room_read']

const TELL_EVERY = 500 // ms
const MAX_UNREAD = 100 // counted no further, here as on the server

/** What the server counted when the room was at `at`, and the messages of others that came after. */
interface Tally {
  count: number
  /** How many of those mention me. */
  mentioned: number
  at: number
  /** `seq` of the newest message that the server had. */
  newest: number
  since: number[]
  /** Those of them that mention me. */
  calls: number[]
}

const NOTHING: Tally = { count: 0, mentioned: 0, at: 0, newest: 0, since: [], calls: [] }

interface Reading {
  /** Room id to sequence number. */
  upTo: Record<number, number>
  /** Room id to the number of unread messages. */
  unread: Record<number, number>
  /** Room id to the number of unread messages that mention me. */
  mentions: Record<number, number>
  tallies: Record<number, Tally>
}

const NONE: Reading = { upTo: {}, unread: {}, mentions: {}, tallies: {} }

export const useReading = sessionStore<Reading>(NONE)

export const readSeq = (roomId: number): number | undefined => useReading.getState().upTo[roomId]
export const unreadIn = (roomId: number): number => useReading.getState().unread[roomId] ?? 0
const tallyOf = (roomId: number): Tally => useReading.getState().tallies[roomId] ?? NOTHING

/** Whether the server has said how much is unread there. */
export const isCounted = (roomId: number): boolean => tallyOf(roomId).at > 0

function keepTally(roomId: number, tally: Tally): void {
  const count = Math.min(MAX_UNREAD, tally.count + tally.since.length)
  const mentioned = Math.min(count, tally.mentioned + tally.calls.length)
  useReading.setState(({ unread, mentions, tallies }) => ({
    unread: { ...unread, [roomId]: count },
    mentions: { ...mentions, [roomId]: mentioned },
    tallies: { ...tallies, [roomId]: tally },
  }))
}

/** Takes the server's count, unless this tab has read further, or holds a later one. */
export function countFrom(roomId: number, told: Omit<Tally, 'since' | 'calls'>): void {
  const { at, newest } = told
  const { at: before, since, calls } = tallyOf(roomId)
  if (at < before) return
  const read = readSeq(roomId) ?? 0
  const later = (seqs: number[]) => seqs.filter((seq) => seq > at && seq > read)
  const counts = read >= newest ? { count: 0, mentioned: 0 } : told
  keepTally(roomId, { ...counts, at, newest, since: later(since), calls: later(calls) })
}

/** The counts belong to an earlier life of the server's data. */
export function startCountingAnew(): void {
  told.clear()
  useReading.setState(NONE)
}

const isOthers = ({ user_id, message_type }: Message): boolean =>
  user_id !== currentUser()?.id && message_type !== 'system'

/** Whether it is there for me to read; of whom I blocked, nothing is. */
export const waitsForMe = (message: Message): boolean => isOthers(message) && !isBlocked(message.user_id)

/** Whether somebody else calls me by it, or all of us. */
export const isCall = (message: Message): boolean =>
  waitsForMe(message) && (message.mentions_all || message.mentions.includes(currentUser()?.id ?? 0))

function noteAdded(message: Message): void {
  const { room_id, seq } = message
  const tally = tallyOf(room_id)
  const isCounted = seq <= Math.max(tally.at, readSeq(room_id) ?? 0) || tally.since.includes(seq)
  if (waitsForMe(message) && !message.is_deleted && !isCounted)
    keepTally(room_id, {
      ...tally,
      since: [...tally.since, seq],
      calls: isCall(message) ? [...tally.calls, seq] : tally.calls,
    })
}

/** Who recalls a message before I have read it leaves me nothing to read; who edits it may call me, or no longer. */
function noteChanged(message: Message): void {
  const { room_id, seq, changed_seq, is_deleted } = message
  if (!waitsForMe(message) || seq <= (readSeq(room_id) ?? 0)) return
  const tally = tallyOf(room_id)
  const isTold = seq <= tally.at && changed_seq > tally.at
  // A full count says only that there are so many, or more.
  const less = isTold && is_deleted && tally.count > 0 && tally.count < MAX_UNREAD ? 1 : 0
  const others = (seqs: number[]) => seqs.filter((other) => other !== seq)
  const since = is_deleted ? others(tally.since) : tally.since
  const calls = since.includes(seq) && isCall(message) ? [...others(tally.calls), seq] : others(tally.calls)
  keepTally(room_id, { ...tally, count: tally.count - less, since, calls })
  // Whether the server had counted it for a call only the server knows.
  if (isTold && (tally.mentioned > 0 || isCall(message))) recount()
}

let recount: () => void = () => {}

/** How to ask the server anew, where only it can tell how many are left. */
export function whenCountIsUnsure(ask: () => void): void {
  recount = ask
}

function readUpTo(roomId: number, seq: number): void {
  useReading.setState(({ upTo }) => ({ upTo: { ...upTo, [roomId]: seq } }))
  const tally = tallyOf(roomId)
  const isAllTold = seq >= tally.newest
  keepTally(roomId, {
    ...tally,
    count: isAllTold ? 0 : tally.count,
    mentioned: isAllTold ? 0 : tally.mentioned,
    since: tally.since.filter((other) => other > seq),
    calls: tally.calls.filter((other) => other > seq),
  })
  if (!isAllTold && tally.count > 0) recount()
}

const timers = new Map<number, ReturnType<typeof setTimeout>>()
/** Room id to the last mark that the server told. */
const told = new Map<number, number>()

whenSessionEnds(() => {
  for (const timer of timers.values()) clearTimeout(timer)
  timers.clear()
  told.clear()
})

function tellServer(roomId: number): void {
  timers.delete(roomId)
  const seq = readSeq(roomId)
  if (seq !== undefined) tell('mark_read', { room_id: roomId, seq })
}

/** I have seen the room up to here. Many marks in a burst are told as one. */
export function markRead(roomId: number, seq: number): void {
  const before = readSeq(roomId) ?? 0
  if (seq > before || unreadIn(roomId) > 0) readUpTo(roomId, Math.max(seq, before))
  if (seq <= before || timers.has(roomId)) return
  timers.set(
    roomId,
    setTimeout(() => tellServer(roomId), TELL_EVERY),
  )
}

/** Takes the server's word, unless this tab has read further while the connection was gone. */
export function startReading(room: ChatRoom): void {
  const theirs = room.last_read_seq ?? room.last_seq
  const mine = readSeq(room.id) ?? 0
  const isBack = theirs < (told.get(room.id) ?? 0)
  told.set(room.id, theirs)
  // A position beyond the end belongs to an earlier life of the server's data.
  if (mine > theirs && mine <= room.last_seq && !isBack) tellServer(room.id)
  else useReading.setState(({ upTo }) => ({ upTo: { ...upTo, [room.id]: theirs } }))
}

let marksTold = 0

/** How many marks the server has told: what it counted before the last of them may be out of date. */
export const countMarks = (): number => marksTold

/** Another tab of mine read, and knows better only when it is ahead; or I marked it unread, which holds for all. */
export function noteRead({ room_id, last_read_seq, is_back }: RoomRead): void {
  marksTold += 1
  told.set(room_id, last_read_seq)
  if (is_back) goBackTo(room_id, last_read_seq)
  else if (last_read_seq >= (readSeq(room_id) ?? 0)) readUpTo(room_id, last_read_seq)
}

function goBackTo(roomId: number, seq: number): void {
  clearTimeout(timers.get(roomId))
  timers.delete(roomId)
  useReading.setState(({ upTo }) => ({ upTo: { ...upTo, [roomId]: seq } }))
  recount()
}

export function forgetReading(roomId: number): void {
  const without = <Value>({ [roomId]: _, ...rest }: Record<number, Value>) => rest
  useReading.setState(({ upTo, unread, mentions, tallies }) => ({
    upTo: without(upTo),
    unread: without(unread),
    mentions: without(mentions),
    tallies: without(tallies),
  }))
}

// The server counts what waited for me before, or does again.
useBlocks.subscribe(({ ids }, { ids: before }) => {
  if (ids.length !== before.length || ids.some((id) => !before.includes(id))) recount()
})

onAdded(noteAdded)
onChanged(noteChanged)
