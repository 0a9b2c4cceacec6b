/** Who is online, and who is a member of the open room. */
import { noteStatuses, shownName } from '../lib/people'
import { on } from '../lib/socket'
import { sessionStore } from '../lib/stores'
import type { Member } from '../lib/types'
import { loadAcquaintances } from '../rooms/acquaintances'
import { everyMember } from '../rooms/everyMember'

interface Presence {
  online: Record<number, boolean>
  members: Record<number, Member[]>
}

export const usePresence = sessionStore<Presence>({ online: {}, members: {} })

export async function loadMembers(roomId: number): Promise<void> {
  const members = await everyMember(roomId)
  noteStatuses(members)
  usePresence.setState((state) => ({
    members: { ...state.members, [roomId]: members },
    online: { ...state.online, ...Object.fromEntries(members.map((m) => [m.id, m.is_online])) },
  }))
}

const byName = (a: Member, b: Member) => shownName(a).localeCompare(shownName(b))

/** By name, whom I know and who isn't a member there. Throws ChatError. */
export async function loadStrangers(roomId: number): Promise<Member[]> {
  const [known] = await Promise.all([loadAcquaintances(roomId), loadMembers(roomId)])
  const here = new Set(usePresence.getState().members[roomId]?.map(({ id }) => id))
  return known.filter(({ id }) => !here.has(id))
}

/** Online first, then by name. */
export function sortMembers(members: Member[], online: Record<number, boolean>): Member[] {
  const rank = (member: Member) => (online[member.id] ? 0 : 1)
  return [...members].sort((a, b) => rank(a) - rank(b) || byName(a, b))
}

function reloadIfKnown(roomId: number): void {
  if (usePresence.getState().members[roomId] !== undefined) void loadMembers(roomId).catch(() => undefined)
}

on('user_status_update', ({ user_id, is_online }) => {
  usePresence.setState(({ online }) => ({ online: { ...online, [user_id]: is_online } }))
})
on('online_ids_update', ({ room_id, online_ids }) => {
  usePresence.setState(({ online, members }) => {
    const gone = (members[room_id] ?? []).map((member) => [member.id, false] as const)
    const here = online_ids.map((id) => [id, true] as const)
    return { online: { ...online, ...Object.fromEntries([...gone, ...here]) } }
  })
})
on('user_joined', ({ room_id }) => reloadIfKnown(room_id))
on('user_left', ({ room_id, user_id }) => {
  usePresence.setState(({ members }) => {
    const left = members[room_id]?.filter((member) => member.id !== user_id)
    return left === undefined ? {} : { members: { ...members, [room_id]: left } }
  })
})
on('member_updated', ({ room_id, member }) => {
  usePresence.setState(({ members }) => {
    const changed = members[room_id]?.map((known) => (known.id === member.id ? member : known))
    return changed === undefined ? {} : { members: { ...members, [room_id]: changed } }
  })
})
on('user_updated', (user) => {
  const withUser = (known: Member) => (known.id === user.id ? { ...known, ...user } : known)
  usePresence.setState(({ members }) => ({
    members: Object.fromEntries(Object.entries(members).map(([id, list]) => [id, list.map(withUser)])),
  }))
})
