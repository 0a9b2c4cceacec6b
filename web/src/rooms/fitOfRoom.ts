/** Pure rule of how well a few typed letters name a room. */
import type { t as T } from '../lib/i18n'
import { BY_INITIALS, fitOf, fitOfPerson, NO_FIT, WITHIN } from '../lib/names'
import { othersIn, partnerIn } from './direct'
import { roomTitle } from './roomTitle'
import type { Room } from './store'

/** A conversation is called as its other one is; of several, each may be meant. `sought` is folded. */
export function fitOfRoom(t: typeof T, sought: string, room: Room): number {
  const byName = fitOf(sought, [roomTitle(t, room), room.name], room.initials)
  const partner = partnerIn(room)
  if (partner !== undefined) return Math.min(byName, fitOfPerson(sought, partner))
  const isOfOne = othersIn(room).some((member) => fitOfPerson(sought, member) <= BY_INITIALS)
  return Math.min(byName, isOfOne ? WITHIN : NO_FIT)
}
