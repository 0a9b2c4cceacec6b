/**
 * Pure rules of a client's place in the feed of a room. The server numbers every change of a room, the birth of a
 * message among them, without a gap: so a client that counts knows what it has missed.
 */
import type { News } from '../../lib/news'
import type { Message } from '../../lib/types'

export interface Place {
  /** Every change up to this one is known; null until the server has told how far the room is. */
  at: number | null
  /** Numbers of changes that came before others which are missing. */
  readonly early: Set<number>
  /** `seq` of the messages beyond the place that were announced. */
  readonly born: Set<number>
}

type Change = Pick<Message, 'seq' | 'changed_seq'>

export const placeAt = (at: number | null): Place => ({ at, early: new Set(), born: new Set() })

/** Advances the place by what has arrived, and tells what that is; null for a repeat. */
export function hear(place: Place, { seq, changed_seq }: Change): News | null {
  const { at, early, born } = place
  if (changed_seq <= (at ?? 0) || early.has(changed_seq)) return null
  const isUnknown = at === null ? seq === changed_seq : seq > at
  const news = isUnknown && !born.has(seq) ? 'added' : 'changed'
  if (isUnknown) born.add(seq)
  early.add(changed_seq)
  advance(place)
  return news
}

/** Everything up to here is known by other means: a page, a sync, the overview. */
export function reach(place: Place, seq: number): void {
  place.at = Math.max(place.at ?? 0, seq)
  advance(place)
}

function advance(place: Place): void {
  let { at } = place
  if (at === null) return
  while (place.early.has(at + 1)) at += 1
  for (const numbers of [place.early, place.born])
    for (const number of numbers) if (number <= at) numbers.delete(number)
  place.at = at
}

/** Something is known that comes after something missing. */
export const isBehind = ({ at, early }: Place): boolean => at !== null && early.size > 0

/** For numbers that the server itself knows nothing of: nothing will ever lead up to them. */
export function giveUp({ early, born }: Place): void {
  early.clear()
  born.clear()
}
