/** The room that was open last in this browser. */
import { ownerHere } from '../accounts/owner'
import { kept } from '../lib/storage'

const key = (): string => `lanchat.room.${ownerHere()}`

export const lastRoom = (): number => Number(kept.get(key()) ?? Number.NaN)
/** Not to be opened again by itself. */
export function forgetLastRoom(roomId: number): void {
  if (lastRoom() === roomId) kept.set(key(), null)
}

export function noteLastRoom(roomId: number): void {
  if (roomId > 0) kept.set(key(), String(roomId))
}
