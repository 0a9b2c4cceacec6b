/** The room that was open last in this browser. */
import { ownerHere } from '../accounts/owner'
import { kept } from '../lib/storage'

const key = (): string => `lanchat.room.${ownerHere()}`

export const lastRoom = (): number => Number(kept.get(key()) ?? Number.NaN)
export const noteLastRoom = (roomId: number): void => kept.set(key(), String(roomId))
