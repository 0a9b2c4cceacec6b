/** How far a room's messages have come to others: delivered, seen. */

import { currentUser } from '../../accounts/store'
import type { components } from '../../contract'
import { onAdded } from '../../lib/news'
import { on, tell } from '../../lib/socket'
import { sessionStore, whenSessionEnds } from '../../lib/stores'
import type { Message } from '../../lib/types'

type Room = components['schemas']['Receipts']

export type Delivery = 'sent' | 'delivered' | 'seen'

interface Known {
  byRoom: Record<number, Room>
  /** When somebody's furthest mark came while this page was there to hear it; UTC, ISO 8601. */
  heardAt: Record<number, { seq: number; at: string }>
}

export const useReceipts = sessionStore<Known>({ byRoom: {}, heardAt: {} })

type Marks = Room['seen']

/** A server that has just started knows less than we do; as nobody unreads, each person's further mark is kept. */
export function noteReceipts({ room_id, delivered, seen }: Room): void {
  useReceipts.setState(({ byRoom }) => {
    const known = byRoom[room_id]
    const room = {
      room_id,
      delivered: furthest(known?.delivered, delivered),
      seen: furthest(known?.seen, seen),
    }
    return { byRoom: { ...byRoom, [room_id]: room } }
  })
}

/** Two of them answer for everybody: one of the two is not the author. */
function furthest(known: Marks = [], told: Marks = []): Marks {
  const seqs = new Map<number, number>()
  for (const { user_id, seq } of [...known, ...told]) seqs.set(user_id, Math.max(seq, seqs.get(user_id) ?? 0))
  const marks = [...seqs].map(([user_id, seq]) => ({ user_id, seq }))
  return marks.sort((a, b) => b.seq - a.seq).slice(0, 2)
}

/** They belong to an earlier life of the server's data. */
export function forgetReceipts(): void {
  useReceipts.setState({ byRoom: {}, heardAt: {} })
  forgetArrived()
}

function forgetArrived(): void {
  for (const timer of timers.values()) clearTimeout(timer)
  timers.clear()
  arrived.clear()
}

whenSessionEnds(forgetArrived)

/** A message came to somebody if another than its author is there, or beyond. */
export function deliveryOf({ user_id, seq }: Message, room: Room | undefined): Delivery {
  const isReached = (marks: Marks) => marks.some((mark) => mark.user_id !== user_id && mark.seq >= seq)
  if (room === undefined) return 'sent'
  if (isReached(room.seen)) return 'seen'
  return isReached(room.delivered) ? 'delivered' : 'sent'
}

const TELL_EVERY = 1_000 // ms
const arrived = new Map<number, number>()
const timers = new Map<number, ReturnType<typeof setTimeout>>()

function tellServer(roomId: number): void {
  timers.delete(roomId)
  const seq = arrived.get(roomId)
  if (seq !== undefined) tell('mark_delivered', { room_id: roomId, seq })
}

/** A message of somebody else has reached this client; a burst is told as one. */
export function markDelivered({ room_id, seq, user_id }: Message): void {
  if (user_id === currentUser()?.id || seq <= (arrived.get(room_id) ?? 0)) return
  arrived.set(room_id, seq)
  if (!timers.has(room_id))
    timers.set(
      room_id,
      setTimeout(() => tellServer(room_id), TELL_EVERY),
    )
}

/** Who hides how far they read is shown it of nobody. */
on('preferences_updated', ({ preferences }) => {
  if (preferences.show_read_receipts) return
  useReceipts.setState(({ byRoom }) => ({
    byRoom: Object.fromEntries(Object.entries(byRoom).map(([id, room]) => [id, { ...room, seen: [] }])),
  }))
})
onAdded(markDelivered)
/** Another than me has read on just now. */
function noteWhen({ room_id, seen }: Room): void {
  const seq = Math.max(
    0,
    ...seen.filter((mark) => mark.user_id !== currentUser()?.id).map((mark) => mark.seq),
  )
  const known = useReceipts.getState().heardAt[room_id]?.seq ?? 0
  if (seq > known)
    useReceipts.setState(({ heardAt }) => ({
      heardAt: { ...heardAt, [room_id]: { seq, at: new Date().toISOString() } },
    }))
}

on('receipts_update', noteReceipts)
on('receipts_update', noteWhen)
