/** Rooms: mine and those open to me; making, joining, leaving, editing, deleting; what is unread. */
import { create } from 'zustand'
import { currentUser } from '../accounts/store'
import { answer, api } from '../lib/api'
import { on } from '../lib/socket'
import type { ChatRoom, Message } from '../lib/types'
import { forgetReading, readSeq, startReading } from './reading'

interface Rooms {
  byId: Record<number, ChatRoom>
  isLoaded: boolean
  /** The room on screen. */
  openId: number | null
  query: string
}

const EMPTY: Rooms = { byId: {}, isLoaded: false, openId: null, query: '' }

export const useRooms = create<Rooms>(() => EMPTY)

export const findRoom = (id: number): ChatRoom | undefined => useRooms.getState().byId[id]
export const isMine = (room: ChatRoom | undefined): room is ChatRoom =>
  room !== undefined && room.role !== null
export const canManage = (room: ChatRoom): boolean =>
  room.role === 'owner' || room.role === 'admin' || currentUser()?.is_admin === true

export function setQuery(query: string): void {
  useRooms.setState({ query })
}

export function setOpenRoom(openId: number | null): void {
  useRooms.setState({ openId })
}

export function clearRooms(): void {
  useRooms.setState(EMPTY)
}

/** Merges one row. A broadcast row is nobody's view: what is mine in it (role, reading) stays as I know it. */
function put(room: ChatRoom, isMyView: boolean): void {
  useRooms.setState(({ byId }) => {
    const known = byId[room.id]
    const mine = known && {
      role: known.role,
      last_read_seq: known.last_read_seq,
      last_message: known.last_message,
      last_seq: Math.max(known.last_seq, room.last_seq),
    }
    const others = { role: null, last_read_seq: null, last_message: null }
    return { byId: { ...byId, [room.id]: isMyView ? room : { ...room, ...(mine ?? others) } } }
  })
  if (isMyView && room.role !== null) startReading(room)
}

function change(id: number, edit: (room: ChatRoom) => Partial<ChatRoom>): void {
  useRooms.setState((state) => {
    const room = state.byId[id]
    return room === undefined ? state : { byId: { ...state.byId, [id]: { ...room, ...edit(room) } } }
  })
}

function drop(id: number): void {
  useRooms.setState(({ byId }) => {
    const { [id]: _, ...rest } = byId
    return { byId: rest }
  })
}

function stopBeingMember(id: number): void {
  forgetReading(id)
  change(id, () => ({ role: null, last_read_seq: null, last_message: null }))
}

export async function loadRooms(): Promise<void> {
  const { user_rooms, available_rooms } = await answer(api.GET('/api/rooms/'))
  const byId = Object.fromEntries([...user_rooms, ...available_rooms].map((room) => [room.id, room]))
  useRooms.setState({ byId, isLoaded: true })
  for (const room of user_rooms) startReading(room)
}

export interface RoomFields {
  name: string
  description: string
  is_private: boolean
  password: string
}

function toBody({ password, is_private, ...fields }: RoomFields) {
  return { ...fields, is_private, ...(is_private && password !== '' ? { password } : {}) }
}

export async function createRoom(fields: RoomFields): Promise<ChatRoom> {
  const room = await answer(api.POST('/api/rooms/', { body: toBody(fields) }))
  put(room, true)
  return room
}

const inPath = (room_id: number) => ({ params: { path: { room_id } } })

export async function editRoom(id: number, fields: RoomFields): Promise<void> {
  put(await answer(api.PUT('/api/rooms/{room_id}', { ...inPath(id), body: toBody(fields) })), true)
}

export async function joinRoom(id: number, password?: string): Promise<void> {
  const body = password === undefined ? {} : { password }
  put(await answer(api.POST('/api/rooms/{room_id}/join', { ...inPath(id), body })), true)
}

export async function leaveRoom(id: number): Promise<void> {
  await answer(api.POST('/api/rooms/{room_id}/leave', inPath(id)))
  stopBeingMember(id)
}

export async function deleteRoom(id: number): Promise<void> {
  await answer(api.DELETE('/api/rooms/{room_id}', inPath(id)))
  drop(id)
}

/** A message in one of my rooms moves it up and counts as unread until it is read. */
export function noteMessage(message: Message): void {
  change(message.room_id, (room) => ({
    last_seq: Math.max(room.last_seq, message.changed_seq),
    last_message: (room.last_message?.seq ?? 0) <= message.seq ? message : room.last_message,
  }))
}

export function unreadCount(room: ChatRoom, readUpTo: number | undefined): number {
  if (room.role === null || readUpTo === undefined) return 0
  return Math.max(0, room.last_seq - readUpTo)
}

export const unreadNow = (room: ChatRoom): number => unreadCount(room, readSeq(room.id))

/** Newest first; rooms without a message by their age. */
export function sortRooms(rooms: ChatRoom[]): ChatRoom[] {
  const when = (room: ChatRoom) => room.last_message?.timestamp ?? room.created_at
  return [...rooms].sort((a, b) => when(b).localeCompare(when(a)))
}

on('room_created', (room) => put(room, false))
on('room_updated', (room) => put(room, false))
on('room_deleted', ({ room_id }) => drop(room_id))
on('room_left', ({ room_id }) => stopBeingMember(room_id))
on('membership_added', ({ room }) => put(room, true))
on('user_joined', ({ room_id }) => change(room_id, (room) => ({ member_count: room.member_count + 1 })))
on('user_left', ({ room_id }) =>
  change(room_id, (room) => ({ member_count: Math.max(0, room.member_count - 1) })),
)
on('online_users_update', ({ room_id, online_users }) => {
  if (room_id !== undefined) change(room_id, () => ({ online_count: online_users.length }))
})
