/** Pure rules of a room's timeline: merging what arrives. */
import { requoted } from '../../lib/quote'
import type { Message } from '../../lib/types'

/** Adds or replaces by id, keeps the later change of each, oldest first. */
export function merge(known: Message[], incoming: Message[]): Message[] {
  const last = known.at(-1)?.seq ?? 0
  const [only] = incoming
  if (incoming.length === 1 && only !== undefined && only.seq > last) return [...known, only]
  const byId = new Map(known.map((message) => [message.id, message]))
  for (const message of incoming) {
    const before = byId.get(message.id)
    if (before === undefined || before.changed_seq <= message.changed_seq) byId.set(message.id, message)
  }
  return [...byId.values()].sort((a, b) => a.seq - b.seq)
}

/** Where a list of messages ends, and more is to be had. */
export interface Ends {
  hasOlder: boolean
  hasNewer: boolean
}

/** Without those beyond the ends of what is known: between them would be a gap that no page ever fills. */
export function withinReach(incoming: Message[], known: Message[], { hasOlder, hasNewer }: Ends): Message[] {
  const from = hasOlder ? (known[0]?.seq ?? 0) : 0
  const to = hasNewer ? (known.at(-1)?.seq ?? 0) : Number.POSITIVE_INFINITY
  return incoming.filter(({ seq }) => seq >= from && seq <= to)
}

/** The same with the quotes of a message as it is now; the same list where nothing quotes it. */
export function withQuotes(known: Message[], quoted: Message): Message[] {
  const isQuoted = known.some(({ reply_to }) => reply_to?.id === quoted.id)
  return isQuoted ? known.map((message) => requoted(message, quoted)) : known
}
