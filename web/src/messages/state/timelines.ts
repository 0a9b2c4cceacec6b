/** The timelines of the rooms looked at: pages of history, and what the feed announces. */
import { currentUser } from '../../accounts/store'
import { answer, api } from '../../lib/api'
import { onAdded, onChanged } from '../../lib/news'
import { withPersonNow } from '../../lib/people'
import { on } from '../../lib/socket'
import { sessionStore, whenSessionEnds } from '../../lib/stores'
import type { Message } from '../../lib/types'
import { isPlace } from '../../rooms/direct'
import { markRead, readSeq } from '../../rooms/readState'
import { findRoom } from '../../rooms/store'
import { merge, withinReach, withQuotes } from './merge'

export interface Timeline {
  /** Oldest first, without a gap. */
  messages: Message[]
  hasOlder: boolean
  isLoadingOlder: boolean
  /** The room goes on behind the last: only of what was opened around a message. */
  hasNewer: boolean
  /** `seq` of the newest message; 0 where there is none. */
  lastSeq: number
  newAfter: number | null
  /** Another number where what is shown is not continued but another part of the room. */
  view: number
}

export const PAGE = 50

type ByRoom = Record<number, Timeline>

/** `byRoom` has the ends of the rooms, and `away` what is shown instead where the reader is somewhere before it. */
export const useMessages = sessionStore<{ byRoom: ByRoom; away: ByRoom }>({ byRoom: {}, away: {} })

const find = (roomId: number): Timeline | undefined => useMessages.getState().byRoom[roomId]

/** What the reader looks at. */
export const shownOf = ({ byRoom, away }: { byRoom: ByRoom; away: ByRoom }, roomId: number) =>
  away[roomId] ?? byRoom[roomId]

export const findShown = (roomId: number): Timeline | undefined => shownOf(useMessages.getState(), roomId)

/** Rooms that have a timeline. */
export const shownRooms = (): number[] =>
  Object.keys(useMessages.getState().byRoom)
    .map(Number)
    .filter((id) => !isPlace(id))

type Part = 'byRoom' | 'away'

function change(part: Part, roomId: number, edit: Partial<Timeline>): void {
  useMessages.setState(({ [part]: parts }) => {
    const timeline = parts[roomId]
    return timeline === undefined ? {} : { [part]: { ...parts, [roomId]: { ...timeline, ...edit } } }
  })
}

/** What the reader looks at. */
export function changeShown(roomId: number, edit: Partial<Timeline>): void {
  change(useMessages.getState().away[roomId] === undefined ? 'byRoom' : 'away', roomId, edit)
}

export const newest = (messages: Message[]): number => messages.at(-1)?.seq ?? 0

const without = (parts: ByRoom, roomId: number): ByRoom => {
  const { [roomId]: _, ...rest } = parts
  return rest
}

export function put(roomId: number, timeline: Timeline): void {
  useMessages.setState(({ byRoom }) => ({ byRoom: { ...byRoom, [roomId]: timeline } }))
}

export function clearTimelines(): void {
  useMessages.setState({ byRoom: {}, away: {} })
}

export function dropTimeline(roomId: number): void {
  useMessages.setState(({ byRoom, away }) => ({
    byRoom: without(byRoom, roomId),
    away: without(away, roomId),
  }))
}

/** Puts these in place of what is shown of a room. */
export function show(roomId: number, { byRoom, away }: { byRoom: Timeline; away?: Timeline }): void {
  useMessages.setState((state) => ({
    byRoom: { ...state.byRoom, [roomId]: byRoom },
    away: away === undefined ? without(state.away, roomId) : { ...state.away, [roomId]: away },
  }))
}

/** What is announced of a room while pages of it are on their way, which may be older than that. */
const meanwhile = new Map<number, Set<Message[]>>()

whenSessionEnds(() => meanwhile.clear())

export async function during<T>(roomId: number, fetching: () => Promise<T>): Promise<[T, Message[]]> {
  const announced: Message[] = []
  const watching = meanwhile.get(roomId) ?? new Set()
  meanwhile.set(roomId, watching.add(announced))
  try {
    return [await fetching(), announced]
  } finally {
    watching.delete(announced)
  }
}

interface PageQuery {
  limit: number
  before_seq?: number
  after_seq?: number
  around_seq?: number
}

export const fetchPage = (room_id: number, query: PageQuery) =>
  answer(api.GET('/api/messages/{room_id}', { params: { path: { room_id }, query } }))

/** The page before the oldest message known. */
export async function loadOlder(roomId: number): Promise<void> {
  const timeline = findShown(roomId)
  const oldest = timeline?.messages[0]
  if (timeline === undefined || oldest === undefined || !timeline.hasOlder || timeline.isLoadingOlder) return
  changeShown(roomId, { isLoadingOlder: true })
  try {
    const query = { limit: PAGE, before_seq: oldest.seq }
    const [page, announced] = await during(roomId, () => fetchPage(roomId, query))
    const now = findShown(roomId)
    if (now?.view !== timeline.view) return
    const older = merge(now.messages, page.messages)
    const ends = { hasOlder: page.has_more, hasNewer: now.hasNewer }
    const messages = merge(older, withinReach(announced, older, ends))
    changeShown(roomId, { messages, hasOlder: page.has_more })
  } finally {
    changeShown(roomId, { isLoadingOlder: false })
  }
}

const MOST_PAGES = 20

/** The pages before, until the message after this one is there, or more than anybody reads in one go. */
export async function loadBackTo(roomId: number, seq: number): Promise<void> {
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const timeline = find(roomId)
    const first = timeline?.messages[0]?.seq ?? 0
    if (timeline === undefined || !timeline.hasOlder || timeline.isLoadingOlder || first <= seq + 1) return
    await loadOlder(roomId)
  }
}

/** How many unread messages, as far as one can tell, lie before the first that is loaded. */
export function unreadAbove({ messages, hasOlder, newAfter }: Timeline): number {
  const first = messages[0]
  return newAfter === null || !hasOlder || first === undefined ? 0 : Math.max(0, first.seq - newAfter - 1)
}

function take(message: Message): void {
  for (const announced of meanwhile.get(message.room_id) ?? []) announced.push(message)
  for (const part of ['byRoom', 'away'] as const) takeInto(part, message)
}

function takeInto(part: Part, message: Message): void {
  const timeline = useMessages.getState()[part][message.room_id]
  if (timeline === undefined) return
  const known = withQuotes(timeline.messages, message)
  const fitting = withinReach([message], known, timeline)
  if (fitting.length === 0 && known === timeline.messages) return
  const messages = merge(known, fitting)
  change(part, message.room_id, { messages, lastSeq: Math.max(timeline.lastSeq, newest(messages)) })
}

/** Rooms that I marked unread while they were open: what is in view there is not read by being seen. */
const kept = new Set<number>()

whenSessionEnds(() => kept.clear())

/** The reader comes to a room. */
export function lookAt(roomId: number): void {
  kept.delete(roomId)
}

/** The reader has seen the end of the room. */
export function markSeen(roomId: number): void {
  if (kept.has(roomId)) return
  markRead(roomId, Math.max(find(roomId)?.lastSeq ?? 0, findRoom(roomId)?.last_seq ?? 0))
}

/** The reader looks away, to another room or another window: what is unread and what comes stands under the line. */
export function lookAway(roomId: number): void {
  const timeline = find(roomId)
  if (timeline === undefined) return
  change('byRoom', roomId, { newAfter: Math.min(timeline.lastSeq, readSeq(roomId) ?? timeline.lastSeq) })
}

onAdded(take)
onAdded(({ room_id, user_id }) => user_id === currentUser()?.id && lookAt(room_id))
onChanged(take)
on('user_updated', (user) => {
  useMessages.setState(({ byRoom }) => ({
    byRoom: Object.fromEntries(
      Object.entries(byRoom).map(([id, timeline]) => [
        id,
        { ...timeline, messages: timeline.messages.map((message) => withPersonNow(message, user)) },
      ]),
    ),
  }))
})
on('room_read', ({ room_id, last_read_seq, is_back }) => {
  if (!is_back) return
  kept.add(room_id)
  change('byRoom', room_id, { newAfter: last_read_seq })
})
on('room_deleted', ({ room_id }) => dropTimeline(room_id))
on('room_left', ({ room_id }) => dropTimeline(room_id))
