/** What I may do to a member. The server decides again; this only keeps back what it would refuse. */
import type { Member, OwnUser } from '../lib/types'
import type { Room } from '../rooms/store'

export interface Deeds {
  /** What they can be made instead; null where that is not mine to say. */
  role: 'moderator' | 'member' | null
  mute: boolean
  handOver: boolean
  remove: boolean
  ban: boolean
}

/** An owner's goes on by handing the room over. */
const OTHER_ROLE = { owner: null, moderator: 'member', member: 'moderator' } as const

export function deedsUpon(member: Member, { can, kind }: Room, me: OwnUser): Deeds {
  const isOther = member.id !== me.id
  // Administrators of the host stand above everybody, and who hands out no roles only above plain members.
  const isBelow = isOther && !member.is_admin && (can.assign || member.role === 'member')
  const isKept = can.manage && isBelow
  const isLobby = kind === 'lobby'
  return {
    role: can.assign && isBelow ? OTHER_ROLE[member.role] : null,
    mute: isKept,
    handOver: isOther && can.transfer && OTHER_ROLE[member.role] !== null,
    remove: isKept && !isLobby,
    ban: isKept && (!isLobby || me.is_admin),
  }
}

export const isNothing = (deeds: Deeds): boolean => !Object.values(deeds).some(Boolean)
