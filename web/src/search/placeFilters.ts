/** What is typed, with the filters among it in their own places: rooms of mine by their names, people as they were written. */
import { folded } from '../lib/names'
import { isPlace } from '../rooms/direct'
import { isMine, useRooms } from '../rooms/store'
import { takeFilters } from './typed'
import type { Filters, Place } from './wish'

export function withFilters(typed: string, isDone = false): Partial<Filters> & { text: string } {
  const { from, ...others } = takeFilters(typed, placeCalled, isDone)
  return { ...others, ...(from === undefined ? {} : { from: { username: from, display_name: null } }) }
}

function placeCalled(name: string): Place | null {
  const sought = folded(name)
  const room = Object.values(useRooms.getState().byId).find(
    (each) => isMine(each) && !isPlace(each.id) && folded(each.name) === sought,
  )
  return room === undefined ? null : { id: room.id, name: room.name }
}
