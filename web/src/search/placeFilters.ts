/** What is typed, with the filters among it in their own places: rooms of mine by their names, people as they were written. */
import { folded } from '../lib/names'
import { isPlace } from '../rooms/direct'
import { isMine, useRooms } from '../rooms/store'
import { takeFilters } from './typed'
import type { Filters, Place } from './wish'

export function withFilters(
  typed: string,
  isDone = false,
  hasKind = false,
): Partial<Filters> & { text: string } {
  const { from, ...others } = takeFilters(typed, placeCalled, isDone, hasKind)
  return { ...others, ...(from === undefined ? {} : { from: { username: from, display_name: null } }) }
}

/** Null where several are called so: which is meant would be a guess. */
function placeCalled(name: string): Place | null {
  const sought = folded(name)
  const [room, ...others] = Object.values(useRooms.getState().byId).filter(
    (each) => isMine(each) && !isPlace(each.id) && folded(each.name) === sought,
  )
  return room === undefined || others.length > 0 ? null : { id: room.id, name: room.name }
}
