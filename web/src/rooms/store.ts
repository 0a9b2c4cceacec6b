/** Rooms: mine and those open to me; making, joining, leaving, editing and deleting them. */
import { currentUser } from '../accounts/store'
import type { ServerEvents } from '../contract'
import { answer, api } from '../lib/api'
import { onAdded, onChanged } from '../lib/news'
import { withPersonNow } from '../lib/people'
import { requoted } from '../lib/quote'
import { on } from '../lib/socket'
import { sessionStore, whenSessionEnds } from '../lib/stores'
import type { ChatRoom, Message, RoomRow } from '../lib/types'
import { forgetReading, noteRead, startReading } from './readState'
import { STRANGER } from './stranger'

/** A room with what its row in the list shows besides. */
export type Room = ChatRoom & {
  last_message: Message | null
  /** Of a place where no room is yet: something waits to be sent there. */
  isPending?: boolean
}

interface Rooms {
  byId: Record<number, Room>
  isLoaded: boolean
  /** The room on screen. */
  openId: number | null
  query: string
  /** Where the first message has made a room, by the place that it had here (see direct.ts). */
  moved: Record<number, number>
}

const EMPTY: Rooms = { byId: {}, isLoaded: false, openId: null, query: '', moved: {} }

export const useRooms = sessionStore(EMPTY)

export const findRoom = (id: number): Room | undefined => useRooms.getState().byId[id]
export const isMine = (room: Room | undefined): room is Room => room !== undefined && room.role !== null

export const setQuery = (query: string): void => useRooms.setState({ query })
export const setOpenRoom = (openId: number | null): void => useRooms.setState({ openId })

export function change(id: number, edit: (room: Room) => Partial<Room>): void {
  useRooms.setState((state) => {
    const room = state.byId[id]
    return room === undefined ? state : { byId: { ...state.byId, [id]: { ...room, ...edit(room) } } }
  })
}

function put(room: Room): void {
  useRooms.setState(({ byId }) => ({ byId: { ...byId, [room.id]: room } }))
}

/** The room as I see it. */
export function putMine(room: ChatRoom): void {
  const known = findRoom(room.id)
  const last_seq = Math.max(room.last_seq, known?.last_seq ?? 0)
  put({ ...room, last_seq, last_message: known?.last_message ?? null })
  if (room.role !== null) startReading(room)
}

/** The room as everybody sees it: what is mine in it stays as I know it. */
function putRow(row: RoomRow): void {
  put({ ...STRANGER, ...findRoom(row.id), ...row })
}

/** Of what I want to be told there. */
export function noteLevel({ room_id, notifications }: ServerEvents['room_preferences']): void {
  change(room_id, () => ({ notifications }))
}

/** What I may do in a room of mine can have changed, and only the server says so. */
export function reloadRoom(id: number): void {
  if (isMine(findRoom(id)))
    void answer(api.GET('/api/rooms/{room_id}', inPath(id))).then(putMine, () => undefined)
}

export function drop(id: number): void {
  forgetReading(id)
  useRooms.setState(({ byId }) => {
    const { [id]: _, ...rest } = byId
    return { byId: rest }
  })
}

function stopBeingMember(id: number): void {
  forgetReading(id)
  change(id, ({ role, online_count }) => ({
    ...STRANGER,
    online_count: role === null ? online_count : Math.max(0, online_count - 1),
  }))
}

/** What comes live while the lists are on their way, for each time they are asked for. */
const journals = new Set<(() => void)[]>()

whenSessionEnds(() => journals.clear())

/** An event that does no harm twice is applied at once, and again over lists that may be older than it. */
function surely<Payload>(apply: (payload: Payload) => void): (payload: Payload) => void {
  return (payload) => {
    apply(payload)
    for (const journal of journals) journal.push(() => apply(payload))
  }
}

/** A room that an answer brings: lists that were asked for before don't know it. */
export const keepMine = surely(putMine)

/** Of thousands of rooms to join an answer has the first; the others are asked for. */
async function everyRoom() {
  const lists = await answer(api.GET('/api/rooms/'))
  let hasMore = lists.has_more
  while (hasMore) {
    const skip = lists.available_rooms.length
    const page = await answer(api.GET('/api/rooms/', { params: { query: { skip } } }))
    lists.available_rooms.push(...page.available_rooms)
    hasMore = page.has_more && page.available_rooms.length > 0
  }
  return lists
}

export async function loadRooms(): Promise<void> {
  const journal: (() => void)[] = []
  journals.add(journal)
  const lists = await everyRoom().finally(() => journals.delete(journal))
  const { user_rooms, available_rooms, archived_rooms } = lists
  const before = useRooms.getState().byId
  const rows = [...user_rooms, ...archived_rooms, ...available_rooms].map((room) => {
    const last_message = room.role === null ? null : (before[room.id]?.last_message ?? null)
    return [room.id, { ...room, last_message }] as const
  })
  const places = Object.entries(before).filter(([id]) => Number(id) < 0)
  useRooms.setState({ byId: { ...Object.fromEntries(places), ...Object.fromEntries(rows) }, isLoaded: true })
  for (const room of [...user_rooms, ...archived_rooms]) startReading(room)
  for (const apply of journal) apply()
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
  keepMine(room)
  return room
}

const inPath = (room_id: number) => ({ params: { path: { room_id } } })

export async function joinRoom(id: number, password?: string): Promise<void> {
  const body = password === undefined ? {} : { password }
  keepMine(await answer(api.POST('/api/rooms/{room_id}/join', { ...inPath(id), body })))
}

export async function leaveRoom(id: number): Promise<void> {
  await answer(api.POST('/api/rooms/{room_id}/leave', inPath(id)))
  stopBeingMember(id)
}

export async function deleteRoom(id: number): Promise<void> {
  await answer(api.DELETE('/api/rooms/{room_id}', inPath(id)))
  drop(id)
}

/** The newest message of a room stands in its row and moves it up. */
function noteMessage(message: Message): void {
  change(message.room_id, ({ last_seq, last_message }) => ({
    last_seq: Math.max(last_seq, message.changed_seq),
    last_message: isOlder(last_message, message) ? message : last_message && requoted(last_message, message),
  }))
}

const isOlder = (known: Message | null, { seq, changed_seq }: Message): boolean =>
  known === null || known.seq < seq || (known.seq === seq && known.changed_seq < changed_seq)

/** The newest message as the server had it when the room was at `at`. */
export function noteNewest(id: number, newest: Message | null, at: number): void {
  change(id, ({ last_seq, last_message: known }) => {
    const isLater = known !== null && known.changed_seq > at && known.seq >= (newest?.seq ?? 0)
    return { last_seq: Math.max(last_seq, at), last_message: isLater ? known : newest }
  })
}

/** They belong to an earlier life of the server's data. */
export function forgetNewest(): void {
  for (const id of Object.keys(useRooms.getState().byId)) change(Number(id), () => ({ last_message: null }))
}

/** Newest first; rooms without a message by their age. */
export function sortRooms(rooms: Room[]): Room[] {
  const when = (room: Room) => room.last_message?.timestamp ?? room.created_at
  return [...rooms].sort((a, b) => when(b).localeCompare(when(a)))
}

onAdded(surely(noteMessage))
onChanged(surely(noteMessage))
on('user_updated', (user) => {
  for (const { id, last_message } of Object.values(useRooms.getState().byId))
    if (last_message !== null) change(id, () => ({ last_message: withPersonNow(last_message, user) }))
})
on('room_created', surely(putRow))
on('room_updated', surely(putRow))
on('room_updated', ({ id }) => reloadRoom(id))
on(
  'room_deleted',
  surely(({ room_id }) => drop(room_id)),
)
on(
  'room_left',
  surely(({ room_id }) => stopBeingMember(room_id)),
)
on(
  'membership_added',
  surely(({ room }) => putMine(room)),
)
on(
  'member_muted',
  surely(({ room_id, muted_until, can }) => change(room_id, () => ({ muted_until, can }))),
)
on(
  'role_changed',
  surely(({ room_id, role, can }) => change(room_id, () => ({ role, can }))),
)
const noteAbilities = ({ room_id, can }: ServerEvents['room_abilities']) => change(room_id, () => ({ can }))
on('room_abilities', surely(noteAbilities))
on(
  'room_read',
  surely((read) => {
    change(read.room_id, () => ({ last_read_seq: read.last_read_seq }))
    noteRead(read)
  }),
)
on('room_preferences', surely(noteLevel))
on('user_joined', ({ room_id, user_id }) => {
  // My own joining came with the whole room, this member counted.
  if (user_id !== currentUser()?.id) change(room_id, (room) => ({ member_count: room.member_count + 1 }))
})
on('user_left', ({ room_id }) => change(room_id, (room) => ({ member_count: room.member_count - 1 })))
on('online_ids_update', ({ room_id, online_ids }) =>
  change(room_id, () => ({ online_count: online_ids.length })),
)
