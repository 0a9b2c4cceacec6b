/** Pure rules of a room's timeline: merging what arrives. */
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

/** Without those before the oldest known: between them and it would be a gap that no page ever fills. */
export function withinReach(incoming: Message[], known: Message[], hasOlder: boolean): Message[] {
  const from = hasOlder ? (known[0]?.seq ?? 0) : 0
  return incoming.filter(({ seq }) => seq >= from)
}
