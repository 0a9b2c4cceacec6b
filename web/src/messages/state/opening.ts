/** Opening the end of a room, at the first message that is unread. */
import type { Message } from '../../lib/types'
import { isPlace } from '../../rooms/direct'
import { isCounted, readSeq, unreadIn, waitsForMe } from '../../rooms/readState'
import { findRoom } from '../../rooms/store'
import { EMPTY } from './emptyTimeline'
import { followPage } from './feed'
import { merge, withinReach } from './merge'
import { during, fetchPage, newest, PAGE, put } from './timelines'

const MAX_PAGE = 100
/** A timeline opens with its first unread message unless more than about this many follow it. */
const MAX_UNREAD = 500

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

/** Rooms come before the counts of what is unread in them: until then, whatever came after the last that I have read. */
function mayBeUnread(roomId: number): number {
  if (isCounted(roomId)) return unreadIn(roomId)
  return Math.max(0, (findRoom(roomId)?.last_seq ?? 0) - (readSeq(roomId) ?? 0))
}

/** Loads the end of the room, as far back as to the first unread message where that is not too far. */
export async function openTimeline(roomId: number): Promise<void> {
  if (isPlace(roomId)) return put(roomId, EMPTY)
  const unread = mayBeUnread(roomId)
  const readTo = unread > 0 ? (readSeq(roomId) ?? null) : null
  const limit = Math.min(MAX_PAGE, Math.max(PAGE, unread + 20))
  const [page, announced] = await during(roomId, () => fetchBackTo(roomId, readTo, limit))
  const { has_more: hasOlder } = page
  const ends = { hasOlder, hasNewer: false }
  const messages = merge(page.messages, withinReach(announced, page.messages, ends))
  const isNew = (message: Message) => message.seq > (readTo ?? 0) && waitsForMe(message)
  const newAfter = unreadIn(roomId) > 0 || messages.some(isNew) ? readTo : null
  const timeline = {
    ...{ messages, ...ends, isLoadingOlder: false },
    ...{ lastSeq: newest(messages), newAfter, view: 0 },
  }
  put(roomId, timeline)
  followPage(roomId, page.last_seq, announced)
}
