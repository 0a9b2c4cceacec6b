/** How far I have read in each room, remembered in this browser. */
import { create } from 'zustand'
import { currentUser } from '../accounts/store'
import { kept, keptJson } from '../lib/storage'
import type { ChatRoom } from '../lib/types'

type Positions = Record<number, number>

export const useReading = create<{ upTo: Positions }>(() => ({ upTo: {} }))

const key = (): string => `lanchat.read.${currentUser()?.id ?? 0}`

export const readSeq = (roomId: number): number | undefined => useReading.getState().upTo[roomId]

export function loadReading(): void {
  useReading.setState({ upTo: keptJson<Positions>(key(), {}) })
}

function keep(upTo: Positions): void {
  useReading.setState({ upTo })
  kept.set(key(), JSON.stringify(upTo))
}

export function markRead(roomId: number, seq: number): void {
  const { upTo } = useReading.getState()
  if (seq > (upTo[roomId] ?? 0)) keep({ ...upTo, [roomId]: seq })
}

/** A room met for the first time counts as read, unless the server knows better. */
export function startReading(room: ChatRoom): void {
  const known = readSeq(room.id)
  // A position beyond the end belongs to an earlier life of this server's data.
  if (known !== undefined && known <= room.last_seq) markRead(room.id, room.last_read_seq ?? 0)
  else keep({ ...useReading.getState().upTo, [room.id]: room.last_read_seq ?? room.last_seq })
}

export function forgetReading(roomId: number): void {
  const { [roomId]: _, ...rest } = useReading.getState().upTo
  keep(rest)
}
