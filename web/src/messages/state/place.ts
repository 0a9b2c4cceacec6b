/**
 * Pure rules of a client's place in the feed of a room. The server numbers every change of a room, the birth of a
 * message among them, without a gap: so a client that counts knows what it has missed.
 */
import type { News } from '../../lib/news'
import type { Message } from '../../lib/types'

export interface Place {
  /** Every change up to this one is known; null until the server has told how far the room is. */
  at: number | null
  /**
   * Every message born up to this one was announced, or known by other means. Less than `at` between two pages of a
   * sync: a message that was changed later than what the first brought comes with the next, and is new nevertheless.
   */
  bornUpTo: number
  /** Whether the last page of a sync said that another follows. */
  goesOn: boolean
  /** Numbers of changes that came before others which are missing. */
  readonly early: Set<number>
  /** `seq` of the messages beyond `bornUpTo` that were announced. */
  readonly born: Set<number>
}

type Change = Pick<Message, 'seq' | 'changed_seq'>

export const placeAt = (at: number | null): Place => ({
  at,
  bornUpTo: at ?? 0,
  goesOn: false,
  early: new Set(),
  born: new Set(),
})

/** Advances the place by what has arrived, and tells what that is; null for a repeat. */
export function hear(place: Place, { seq, changed_seq }: Change): News | null {
  const { at, bornUpTo, early, born } = place
  if (changed_seq <= (at ?? 0) || early.has(changed_seq)) return null
  const isUnknown = at === null ? seq === changed_seq : seq > bornUpTo
  const news = isUnknown && !born.has(seq) ? 'added' : 'changed'
  if (isUnknown) born.add(seq)
  early.add(changed_seq)
  advance(place)
  return news
}

/** Everything up to here is known by other means: a page of history or of a sync, after which more comes, the overview. */
export function reach(place: Place, seq: number, goesOn = false): void {
  place.goesOn = goesOn
  place.at = Math.max(place.at ?? 0, seq)
  advance(place)
}

function advance(place: Place): void {
  let { at } = place
  if (at === null) return
  while (place.early.has(at + 1)) at += 1
  if (!place.goesOn) place.bornUpTo = at
  for (const number of place.early) if (number <= at) place.early.delete(number)
  for (const seq of place.born) if (seq <= place.bornUpTo) place.born.delete(seq)
  place.at = at
}

/** Something is known that comes after something missing. */
export const isBehind = ({ at, early }: Place): boolean => at !== null && early.size > 0

/** For numbers that the server itself knows nothing of: nothing will ever lead up to them. */
export function giveUp({ early, born }: Place): void {
  early.clear()
  born.clear()
}
