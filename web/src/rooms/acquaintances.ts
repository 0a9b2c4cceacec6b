/** Looking people up: in the directory, and in the rooms that we share, which is all where the directory is closed. */
import { currentUser } from '../accounts/store'
import { answer, api } from '../lib/api'
import { asChatError } from '../lib/errors'
import { fitOfPerson, folded, likeliest } from '../lib/names'
import { shownName } from '../lib/people'
import { on } from '../lib/socket'
import { whenSessionEnds } from '../lib/stores'
import type { Member, User } from '../lib/types'
import { everyMember } from './everyMember'
import { isMine, useRooms } from './store'

/** By name, those of my rooms but one. Of the lobby is everybody who ever registered. */
export async function loadAcquaintances(besides?: number): Promise<Member[]> {
  const mine = Object.values(useRooms.getState().byId).filter((room) => isMine(room) && !room.archived)
  const lobby = mine.find(({ kind }) => kind === 'lobby')
  const shared = (lobby === undefined ? mine : [lobby]).filter(({ id }) => id !== besides && id > 0)
  const lists = await Promise.all(shared.map(({ id }) => everyMember(id)))
  const found = new Map(lists.flat().map((member) => [member.id, member]))
  return [...found.values()].sort((a, b) => shownName(a).localeCompare(shownName(b)))
}

/** Where the directory is closed: kept while somebody is looked for, as it is long. */
let known: Promise<Member[]> | null = null

export function forgetKnown(): void {
  known = null
}

whenSessionEnds(forgetKnown)
for (const event of ['user_joined', 'user_left', 'membership_added', 'room_left'] as const)
  on(event, forgetKnown)

/** Everybody of this host, by part of a name; with a closed directory, whom I know. Throws ChatError. */
export async function findPeople(q: string): Promise<User[]> {
  const found = (known === null ? await listed(q) : null) ?? (await knownBy(q))
  return found.filter(({ id }) => id !== currentUser()?.id)
}

/** Null where the directory is closed. */
function listed(q: string): Promise<User[] | null> {
  return answer(api.GET('/api/users/', { params: { query: { q } } })).then(
    ({ users }) => users,
    (reason) => {
      if (asChatError(reason).code !== 'forbidden') throw reason
      return null
    },
  )
}

async function knownBy(q: string): Promise<Member[]> {
  known ??= loadAcquaintances()
  try {
    return likeliest(await known, (each) => fitOfPerson(folded(q), each))
  } catch (reason) {
    forgetKnown()
    throw reason
  }
}
