/** Keeping a room in order: its members, bans, settings and log. All of these throw ChatError. */
import type { components } from '../contract'
import { answer, api } from '../lib/api'
import { asForm } from '../lib/pictureForm'
import { putMine } from './store'

type Schemas = components['schemas']

export type Ban = Schemas['Ban']
export type LogEntry = Schemas['LogEntry']

const inRoom = (room_id: number) => ({ params: { path: { room_id } } })
const ofMember = (room_id: number, user_id: number) => ({ params: { path: { room_id, user_id } } })

/** A page of a list; `cursor` is the `next_cursor` of the one before, null for the first. */
const page = (room_id: number, cursor: string | null) => ({
  params: { path: { room_id }, query: cursor === null ? {} : { cursor } },
})

/** What is left out stays; `muted_until: null` ends a mute. */
export async function changeMember(
  roomId: number,
  userId: number,
  body: Schemas['MemberChange'],
): Promise<void> {
  await answer(api.PATCH('/api/rooms/{room_id}/members/{user_id}', { ...ofMember(roomId, userId), body }))
}

export async function addMember(roomId: number, userId: number): Promise<void> {
  await answer(api.PUT('/api/rooms/{room_id}/members/{user_id}', ofMember(roomId, userId)))
}

export async function removeMember(roomId: number, userId: number): Promise<void> {
  await answer(api.DELETE('/api/rooms/{room_id}/members/{user_id}', ofMember(roomId, userId)))
}

/** `until`: null for good. */
export async function ban(
  roomId: number,
  userId: number,
  body: { reason: string | null; until: string | null },
): Promise<void> {
  await answer(api.PUT('/api/rooms/{room_id}/bans/{user_id}', { ...ofMember(roomId, userId), body }))
}

export async function liftBan(roomId: number, userId: number): Promise<void> {
  await answer(api.DELETE('/api/rooms/{room_id}/bans/{user_id}', ofMember(roomId, userId)))
}

export async function handOver(roomId: number, user_id: number): Promise<void> {
  putMine(await answer(api.POST('/api/rooms/{room_id}/transfer', { ...inRoom(roomId), body: { user_id } })))
}

/** What is left out stays as it is. */
export async function changeRoom(roomId: number, body: Schemas['RoomChange']): Promise<void> {
  putMine(await answer(api.PUT('/api/rooms/{room_id}', { ...inRoom(roomId), body })))
}

export async function showRoomPicture(roomId: number, picture: Blob): Promise<void> {
  putMine(await answer(api.PUT('/api/rooms/{room_id}/picture', { ...inRoom(roomId), ...asForm(picture) })))
}

export async function removeRoomPicture(roomId: number): Promise<void> {
  putMine(await answer(api.DELETE('/api/rooms/{room_id}/picture', inRoom(roomId))))
}

/** Who is kept out, newest first. */
export const loadBans = (roomId: number, cursor: string | null) =>
  answer(api.GET('/api/rooms/{room_id}/bans', page(roomId, cursor)))

/** What was done, newest first. */
export const loadLog = (roomId: number, cursor: string | null) =>
  answer(api.GET('/api/rooms/{room_id}/log', page(roomId, cursor)))
