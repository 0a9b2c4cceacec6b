/** Pure rules of a room's timeline: merging what arrives. */
import type { Message } from '../../lib/types'

/** Adds or replaces by id, keeps the later change of each, oldest first. */
export function merge(known: Message[], incoming: Message[]): Message[] {
  const byId = new Map(known.map((message) => [message.id, message]))
  for (const message of incoming) {
    const before = byId.get(message.id)
    if (before === undefined || before.changed_seq <= message.changed_seq) byId.set(message.id, message)
  }
  return [...byId.values()].sort((a, b) => a.seq - b.seq)
}

/** The end of the unbroken run of sequence numbers that starts after `from`. */
export function unbrokenTo(messages: Message[], from: number): number {
  let last = from
  for (const { seq } of messages) if (seq === last + 1) last = seq
  return last
}
