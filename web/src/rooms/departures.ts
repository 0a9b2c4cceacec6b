/** Rooms that others took me out of: what is to be read where they were. */
import { on } from '../lib/socket'
import { sessionStore } from '../lib/stores'
import { useRooms } from './store'

export type Departure = 'removed' | 'banned'

export const useDepartures = sessionStore<{ byRoom: Record<number, Departure> }>({ byRoom: {} })

/** It was read, or I am back. */
export function forgetDeparture(roomId: number): void {
  useDepartures.setState(({ byRoom: { [roomId]: _, ...rest } }) => ({ byRoom: rest }))
}

on('room_left', ({ room_id, reason }) => {
  if (reason !== 'left' && useRooms.getState().openId === room_id)
    useDepartures.setState(({ byRoom }) => ({ byRoom: { ...byRoom, [room_id]: reason } }))
})
on('membership_added', ({ room }) => forgetDeparture(room.id))
