/**
 * The feed: hears every message and every change of one, tells what is new from what was heard before, and asks for
 * what is missing. All other stores listen to what it announces (`lib/news.ts`), and none to the wire.
 */
import { announce } from '../../lib/news'
import { ask, on, type SyncedRoom, useConnection } from '../../lib/socket'
import { whenSessionEnds } from '../../lib/stores'
import type { Message } from '../../lib/types'
import { giveUp, hear, isBehind, type Place, placeAt, reach } from './place'

const TRY_AGAIN_AFTER = 3_000 // ms

/** Of every room of mine. */
let places = new Map<number, Place>()

function placeIn(roomId: number): Place {
  const place = places.get(roomId) ?? placeAt(null)
  places.set(roomId, place)
  return place
}

export const placeOf = (roomId: number): number => places.get(roomId)?.at ?? 0

/** Everything that arrives by itself enters here: events, and answers to what this page did. */
export function take(message: Message): void {
  const place = placeIn(message.room_id)
  const news = hear(place, message)
  if (news !== null) announce(news, message, true)
  if (isBehind(place)) void catchUp([])
}

/** All stores know the room up to here, by what the server told of it as a whole. */
export const followFrom = (roomId: number, seq: number): void => reach(placeIn(roomId), seq)

/**
 * A timeline was opened with the room as it was at `seq`, and with `meanwhile`, which was announced since that was
 * asked for. A place before that stays: what is on its way, or lost, is news to all others.
 */
export function followPage(roomId: number, seq: number, meanwhile: Message[]): void {
  const before = places.get(roomId)?.at ?? null
  if (before === null) followFrom(roomId, seq)
  if (before === null || before <= seq) return
  const place = placeAt(seq)
  places.set(roomId, place)
  for (const message of meanwhile) hear(place, message)
  // What lies between happened while nothing was heard, and the overview has told others of it.
  if (before > (place.at ?? 0)) void catchUp([roomId])
}

/** What happens in these rooms from now on has no known beginning, until the server tells how far they are. */
export function loseAllBut(roomIds: number[]): void {
  places = new Map([...places].filter(([id]) => roomIds.includes(id)))
}

let epoch: string | number | undefined
let whenReplaced: () => Promise<void> = async () => {}

/** What to do when the server's data turns out to be other than was known: a backup, or another host. */
export function onNewEpoch(handle: () => Promise<void>): void {
  whenReplaced = handle
}

let isCatchingUp = false
const named = new Set<number>()

/**
 * Fetches what is missing in the given rooms, and wherever a gap shows. One run at a time; it goes on for rooms that
 * are named meanwhile. Failures end it: the connection's return, or a moment, starts the next.
 */
export async function catchUp(roomIds: number[]): Promise<void> {
  for (const id of roomIds) named.add(id)
  if (isCatchingUp) return
  isCatchingUp = true
  try {
    // Asked even with no rooms: the answer tells whether the server's data is still the same.
    do await syncWithAll()
    while (wanted().length > 0)
  } catch {
    setTimeout(
      () => useConnection.getState().isUp && wanted().length > 0 && void catchUp([]),
      TRY_AGAIN_AFTER,
    )
  } finally {
    isCatchingUp = false
  }
}

function wanted(): number[] {
  const isKnown = ([id, place]: [number, Place]) => place.at !== null && (named.has(id) || isBehind(place))
  return [...places].filter(isKnown).map(([id]) => id)
}

async function syncWithAll(): Promise<void> {
  const ids = wanted()
  const from = Object.fromEntries(ids.map((id) => [id, placeOf(id)]))
  for (const id of ids) named.delete(id)
  const answered = await ask('sync', { rooms: from }).catch((reason) => {
    for (const id of ids) named.add(id)
    throw reason
  })
  if (epoch !== undefined && answered.epoch !== epoch) {
    places.clear()
    await whenReplaced()
  } else {
    for (const id of ids) fill(id, answered.rooms[id])
  }
  epoch = answered.epoch
}

function fill(roomId: number, synced: SyncedRoom | undefined): void {
  const place = places.get(roomId)
  if (place === undefined) return
  const before = place.at
  for (const message of synced?.messages ?? []) {
    const news = hear(place, message)
    if (news !== null) announce(news, message, false)
  }
  if (synced !== undefined) reach(place, synced.last_seq, synced.has_more)
  if (synced?.has_more) named.add(roomId)
  else if (place.at === before) giveUp(place)
}

whenSessionEnds(() => {
  places.clear()
  named.clear()
  epoch = undefined
})

on('new_message', take)
on('message_updated', take)
on('membership_added', ({ room }) => followFrom(room.id, room.last_seq))
on('room_deleted', ({ room_id }) => places.delete(room_id))
on('room_left', ({ room_id }) => places.delete(room_id))
