/** Away from the end of a room: the messages around one that was asked for, and the way back. */
import { answer, api } from '../../lib/api'
import type { Message } from '../../lib/types'
import { merge, withinReach } from './merge'
import {
  changeShown,
  during,
  fetchPage,
  findShown,
  newest,
  PAGE,
  show,
  type Timeline,
  useMessages,
} from './timelines'

let views = 0
function nextView(): number {
  views += 1
  return views
}

const tailOf = (roomId: number): Timeline | undefined => useMessages.getState().byRoom[roomId]

const has = (timeline: Timeline | undefined, seq: number): boolean =>
  timeline?.messages.some((message) => message.seq === seq) === true

/** A message of mine, wherever it stands. Throws ChatError. */
export const findMessage = (room_id: number, message_id: number): Promise<Message> =>
  answer(api.GET('/api/messages/{room_id}/{message_id}', { params: { path: { room_id, message_id } } }))

/** Shows the part of an open room that has this number. Throws ChatError. */
export async function openAround(roomId: number, seq: number): Promise<void> {
  if (has(findShown(roomId), seq)) return
  if (has(tailOf(roomId), seq)) return backToEnd(roomId)
  const [page, announced] = await during(roomId, () => fetchPage(roomId, { limit: PAGE, around_seq: seq }))
  const tail = tailOf(roomId)
  if (tail === undefined) return
  const ends = { hasOlder: page.has_more, hasNewer: page.has_newer }
  const messages = merge(page.messages, withinReach(announced, page.messages, ends))
  if (reaches(messages, tail) || !page.has_newer) join(roomId, tail, messages, page.has_more)
  else {
    const { lastSeq } = tail
    const rest = { isLoadingOlder: false, lastSeq, newAfter: null, view: nextView() }
    show(roomId, { byRoom: tail, away: { messages, ...ends, ...rest } })
  }
}

const reaches = (messages: Message[], tail: Timeline): boolean =>
  newest(messages) >= (tail.messages[0]?.seq ?? 0)

/** What was away has come to what is there. */
function join(
  roomId: number,
  tail: Timeline,
  messages: Message[],
  hasOlder: boolean,
  view = tail.view,
): void {
  show(roomId, { byRoom: { ...tail, messages: merge(tail.messages, messages), hasOlder, view } })
}

const loading = new Set<number>()

/** The page behind the newest message shown. Throws ChatError. */
export async function loadNewer(roomId: number): Promise<void> {
  const before = useMessages.getState().away[roomId]
  if (before === undefined || loading.has(roomId)) return
  loading.add(roomId)
  try {
    const query = { limit: PAGE, after_seq: newest(before.messages) }
    const [page, announced] = await during(roomId, () => fetchPage(roomId, query))
    const [tail, away] = [tailOf(roomId), useMessages.getState().away[roomId]]
    if (tail === undefined || away?.view !== before.view) return
    const newer = merge(away.messages, page.messages)
    const ends = { hasOlder: away.hasOlder, hasNewer: page.has_more }
    const messages = merge(newer, withinReach(announced, newer, ends))
    if (reaches(messages, tail) || !page.has_more) join(roomId, tail, messages, away.hasOlder, away.view)
    else changeShown(roomId, { messages, ...ends })
  } finally {
    loading.delete(roomId)
  }
}

/** The reader leaves the room, and opens it at its end the next time, or at what is new then. */
export function leaveParts(roomId: number): void {
  const tail = tailOf(roomId)
  if (tail !== undefined) show(roomId, { byRoom: { ...tail, view: 0 } })
}

/** Shows the end of a room again. */
export function backToEnd(roomId: number): void {
  const tail = tailOf(roomId)
  if (tail !== undefined && useMessages.getState().away[roomId] !== undefined)
    show(roomId, { byRoom: { ...tail, view: nextView() } })
}
