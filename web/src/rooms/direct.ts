/**
 * Direct rooms: who is in one. One that nobody has written in is made by its first message; until then it is a place of
 * this page alone, whose id says for whom it is and is below zero.
 */
import { currentUser } from '../accounts/store'
import { useServer } from '../host/store'
import { answer, api } from '../lib/api'
import { shownName } from '../lib/people'
import { on } from '../lib/socket'
import { whenSessionEnds } from '../lib/stores'
import type { ChatRoom, DirectMember, User } from '../lib/types'
import { draftIn, setDraft } from './drafts'
import { change, drop, findRoom, keepMine, putMine, type Room, useRooms } from './store'
import { NOTHING } from './stranger'

const GROUPS = 2 ** 32 // places of several people lie below its negative

export const isPlace = (roomId: number): boolean => roomId < 0

/** Everybody but me; of notes to myself, nobody. */
export const othersIn = ({ members }: Pick<ChatRoom, 'members'>): DirectMember[] =>
  (members ?? []).filter(({ id }) => id !== currentUser()?.id)

/** With whom I am alone there. */
export function partnerIn(room: Pick<ChatRoom, 'members'>): DirectMember | undefined {
  const others = othersIn(room)
  return others.length === 1 ? others[0] : undefined
}

export const isNotes = (room: ChatRoom): boolean => room.kind === 'direct' && othersIn(room).length === 0

/** A place stands in the list while it is open, and as long as something waits to be sent there. */
export const isListed = ({ id, isPending }: Room, openId: number | null): boolean =>
  !isPlace(id) || isPending === true || id === openId

function nameTo(members: DirectMember[]): string {
  const others = othersIn({ members })
  return (others.length === 0 ? members : others).map(shownName).join(', ')
}

function placeOf(ids: number[], myId: number): number {
  const others = ids.filter((id) => id !== myId)
  if (others.length <= 1) return -(others[0] ?? myId)
  let hash = 0
  for (const id of others) hash = (hash * 31 + id) % GROUPS
  return -GROUPS - hash
}

/** The id of the room of these people and me, or of the place where it will be. */
export function beginWith(people: (User | DirectMember)[]): number {
  const me = currentUser()
  if (me === null) return 0
  const members = [me, ...people.filter(({ id }) => id !== me.id)].map((user) => ({
    is_gone: false,
    ...user,
  }))
  const ids = members.map(({ id }) => id).sort((a, b) => a - b)
  const known = roomOf(ids)
  const id = placeOf(ids, me.id)
  if (known !== undefined) {
    follow(id, known.id)
    return known.id
  }
  follow(id, undefined)
  if (findRoom(id) === undefined) putMine(placeFor(id, members, me.id))
  places.add(id)
  return id
}

/** Of exactly these people. */
function roomOf(ids: number[]): Room | undefined {
  const isTheirs = ({ id, kind, members }: Room) =>
    !isPlace(id) &&
    kind === 'direct' &&
    members?.length === ids.length &&
    members.every((member) => ids.includes(member.id))
  return Object.values(useRooms.getState().byId).find(isTheirs)
}

/** Those that stand here. */
const places = new Set<number>()

whenSessionEnds(() => places.clear())

/**
 * A place whose room has come is that room from then on, whoever made it: an answer of mine, which may be lost or late,
 * another device or tab, or one of the others.
 */
function settle(): void {
  for (const place of places) {
    const known = roomOf((findRoom(place)?.members ?? []).map(({ id }) => id))
    if (known !== undefined) follow(place, known.id)
  }
}

useRooms.subscribe(({ byId }, before) => {
  if (places.size > 0 && byId !== before.byId) settle()
})

function placeFor(id: number, members: DirectMember[], created_by: number): ChatRoom {
  return {
    ...{ id, members, created_by, name: nameTo(members), kind: 'direct', role: 'member' },
    ...{ initials: null, description: null, is_private: true, created_at: new Date().toISOString() },
    ...{ member_count: members.length, online_count: 0, archived: false, posting: 'everyone', slow_mode: 0 },
    ...{ history: 'everyone', last_seq: 0, last_read_seq: 0, muted_until: null },
    ...{ notifications: { level: 'all', muted_until: null }, can: { ...NOTHING, speak: true } },
  } as ChatRoom
}

/** After a reload, of an address that names a place. Throws ChatError where there is nobody of that id. */
export async function findPlace(id: number): Promise<void> {
  if (id <= -GROUPS) return forget(id)
  const user_id = -id
  if (user_id === currentUser()?.id) return void beginWith([])
  beginWith([await answer(api.GET('/api/users/{user_id}', { params: { path: { user_id } } }))])
}

/** Something waits to be sent there. */
export const keepListed = (roomId: number): void => change(roomId, () => ({ isPending: true }))

/** Has the server make the room of these people; whoever looks at the place looks at the room from then on. */
export async function makeRoom(place: number, user_ids: number[]): Promise<number> {
  const room = await answer(api.POST('/api/direct/', { body: { user_ids } }))
  keepMine(room)
  return follow(place, room.id)
}

function follow(place: number, id: number | undefined): number {
  places.delete(place)
  useRooms.setState(({ moved: { [place]: _, ...moved } }) => ({
    moved: id === undefined ? moved : { ...moved, [place]: id },
  }))
  if (id !== undefined) {
    moveDraft(place, id)
    drop(place)
  }
  return id ?? place
}

function forget(place: number): void {
  follow(place, undefined)
  throw new Error('Nobody remembers who that was.')
}

/** What is being written meanwhile goes along. */
function moveDraft(place: number, id: number): void {
  const text = draftIn(place)
  if (text === '') return
  setDraft(id, text)
  setDraft(place, '')
}

/** Where a place has become a room. */
export const movedTo = (roomId: number): number => useRooms.getState().moved[roomId] ?? roomId

/** Until the next message there. Throws ChatError. */
export async function hideRoom(room_id: number): Promise<void> {
  await answer(api.DELETE('/api/direct/{room_id}', { params: { path: { room_id } } }))
  drop(room_id)
}

/** Whether one may write to somebody: on some hosts only where one did before. */
export const canBeginWith = (people: { id: number }[]): boolean =>
  useServer.getState().info?.direct_messages !== false ||
  people.length === 0 ||
  roomOf([...people.map(({ id }) => id), currentUser()?.id ?? 0]) !== undefined

function edit(fits: (member: DirectMember) => boolean, edited: (member: DirectMember) => DirectMember): void {
  for (const { id, members } of Object.values(useRooms.getState().byId)) {
    if (members?.some(fits) !== true) continue
    const now = members.map((member) => (fits(member) ? edited(member) : member))
    change(id, () => ({ members: now, name: nameTo(now) }))
  }
}

on('room_hidden', ({ room_id }) => drop(room_id))
on('user_updated', ({ bio: _, real_name: __, ...user }) =>
  edit(
    ({ id }) => id === user.id,
    (member) => ({ ...member, ...user }),
  ),
)
on('user_status_update', ({ user_id, is_online }) =>
  edit(
    ({ id, is_online: was }) => id === user_id && was !== is_online,
    (member) => ({ ...member, is_online }),
  ),
)
on('online_ids_update', ({ online_ids }) => {
  const here = new Set(online_ids)
  edit(
    ({ id, is_online }) => !is_online && here.has(id),
    (member) => ({ ...member, is_online: true }),
  )
})
