/** Pure rules of how a room's timeline becomes the rows on screen. */

import { isSameDay } from '../../lib/format'
import type { Unsent } from '../../lib/outbox'
import type { Message } from '../../lib/types'

const GROUP_WITHIN = 5 * 60_000 // ms

export type Row =
  | { kind: 'day'; key: string; at: string }
  | { kind: 'new'; key: string }
  | { kind: 'message'; key: string; message: Message; inGroup: InGroup; isLastOwn: boolean }
  | { kind: 'gone'; key: string; messages: Message[] }
  | { kind: 'folded'; key: string; messages: Message[] }
  | { kind: 'unsent'; key: string; entry: Unsent; inGroup: InGroup }

/** Where a message stands in its author's group. */
export interface InGroup {
  isFirst: boolean
  isLast: boolean
}

interface View {
  messages: Message[]
  unsent: Unsent[]
  myId: number
  /** The line "New" stands after this sequence number; null without a line. */
  newAfter: number | null
  /** Whether a message is shown by a line that says only from whom it is. */
  isFolded?: (message: Message) => boolean
}

/** Neither what the host tells, nor what was taken back. */
const isSaid = ({ message_type, is_deleted }: Message): boolean => message_type !== 'system' && !is_deleted

function continuesGroup(message: Message, previous: Message | undefined): boolean {
  return (
    previous !== undefined &&
    message.reply_to === null &&
    previous.user_id === message.user_id &&
    isSaid(previous) &&
    isSaid(message) &&
    Date.parse(message.timestamp) - Date.parse(previous.timestamp) < GROUP_WITHIN
  )
}

/** A row keeps its key from sending to sent, so the echo replaces it in inGroup. */
const keyOf = (message: Message): string => message.client_id ?? `m${message.id}`

export function toRows({ messages, unsent, myId, newAfter, isFolded }: View): Row[] {
  const rows: Row[] = []
  const lastOwn = messages.findLast((m) => m.user_id === myId && isSaid(m))
  let previous: Message | undefined
  let isLineDue = newAfter !== null
  for (const message of messages) {
    const isNewDay = previous === undefined || !isSameDay(previous.timestamp, message.timestamp)
    if (isNewDay) rows.push({ kind: 'day', key: `d${message.id}`, at: message.timestamp })
    const isShown = isFolded?.(message) !== true
    const isOthers = message.user_id !== myId && message.message_type !== 'system' && isShown
    const isLineHere = isLineDue && newAfter !== null && message.seq > newAfter && isOthers
    if (isLineHere) {
      rows.push({ kind: 'new', key: 'new' })
      isLineDue = false
    }
    if (message.is_deleted || !isShown) {
      addLine(rows, message.is_deleted ? 'gone' : 'folded', message)
      previous = message
      continue
    }
    const isBroken = isNewDay || isLineHere || rows.at(-1)?.kind === 'folded'
    const inGroup = { isFirst: isBroken || !continuesGroup(message, previous), isLast: true }
    rows.push({ kind: 'message', key: keyOf(message), message, inGroup, isLastOwn: message === lastOwn })
    previous = message
  }
  for (const entry of unsent) {
    const isAlone = previous?.user_id !== myId || !isSaid(previous)
    const inGroup = { isFirst: Boolean(entry.reply_to) || (isAlone && entry === unsent[0]), isLast: true }
    rows.push({ kind: 'unsent', key: entry.client_id, entry, inGroup })
  }
  closeGroups(rows)
  return rows
}

/** Those in a row share one. */
function addLine(rows: Row[], kind: 'gone' | 'folded', message: Message): void {
  const last = rows.at(-1)
  if (last?.kind === kind) last.messages.push(message)
  else rows.push({ kind, key: keyOf(message), messages: [message] })
}

/** A group ends where the next row does not continue it. */
function closeGroups(rows: Row[]): void {
  rows.forEach((row, index) => {
    const next = rows[index + 1]
    if ('inGroup' in row && next !== undefined && 'inGroup' in next) row.inGroup.isLast = next.inGroup.isFirst
  })
}
