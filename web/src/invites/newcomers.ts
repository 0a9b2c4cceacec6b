/** Who came in while an invitation was on screen. */

import { currentUser } from '../accounts/store'
import { shownName } from '../lib/people'
import { on } from '../lib/socket'
import { sessionStore, whenSessionEnds } from '../lib/stores'
import { findRoom } from '../rooms/store'

interface Person {
  id: number
  name: string
}

/** In the order of their coming. */
export const useNewcomers = sessionStore<{ people: Person[] }>({ people: [] })

/** `roomId` is null while people are invited to the host as a whole. */
interface Watch {
  roomId: number | null
  /** Who went offline meanwhile: their return is no arrival. */
  away: Set<number>
}

let watch: Watch | null = null

whenSessionEnds(() => {
  watch = null
})

/** Starts counting anew; call what it returns at the end. */
export function watchNewcomers(roomId: number | null): () => void {
  watch = { roomId, away: new Set() }
  useNewcomers.setState({ people: [] })
  return () => {
    watch = null
  }
}

function note(id: number, name: string): void {
  if (id === currentUser()?.id) return
  useNewcomers.setState(({ people }) =>
    people.some((person) => person.id === id) ? {} : { people: [...people, { id, name }] },
  )
}

on('user_joined', ({ room_id, user_id, ...names }) => {
  if (watch === null) return
  const isMeant = watch.roomId === null ? findRoom(room_id)?.kind === 'lobby' : watch.roomId === room_id
  if (isMeant) note(user_id, shownName(names))
})

// Who has an account from another day comes back without joining anything.
on('user_status_update', ({ user_id, username, is_online }) => {
  if (watch === null || watch.roomId !== null) return
  if (!is_online) watch.away.add(user_id)
  else if (!watch.away.has(user_id)) note(user_id, username)
})
