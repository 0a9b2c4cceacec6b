/** Typing: telling others that I write, and showing who else does. */
import { currentUser } from '../accounts/store'
import { onAdded } from '../lib/news'
import { on, tell } from '../lib/socket'
import { sessionStore, whenSessionEnds } from '../lib/stores'
import { isBlocked } from '../rooms/blocks'
import { isPlace } from '../rooms/direct'

const TELL_EVERY = 2_000 // ms
/** The server lets typing expire; this is for when its word does not come. */
const SHOW_FOR = 8_000 // ms

export interface Typist {
  username: string
  display_name: string | null
  is_guest: boolean
}

export const useTyping = sessionStore<{ byRoom: Record<number, Typist[]> }>({ byRoom: {} })

const told = new Map<number, number>()
const expiries = new Map<number, ReturnType<typeof setTimeout>>()

whenSessionEnds(() => {
  told.clear()
  for (const expiry of expiries.values()) clearTimeout(expiry)
  expiries.clear()
})

export function startTyping(roomId: number): void {
  if (isPlace(roomId)) return
  const now = Date.now()
  if (now - (told.get(roomId) ?? 0) < TELL_EVERY) return
  if (tell('typing_start', { room_id: roomId })) told.set(roomId, now)
}

export function stopTyping(roomId: number): void {
  if (told.delete(roomId)) tell('typing_stop', { room_id: roomId })
}

function show(roomId: number, typists: Typist[]): void {
  clearTimeout(expiries.get(roomId))
  expiries.delete(roomId)
  if (typists.length > 0)
    expiries.set(
      roomId,
      setTimeout(() => show(roomId, []), SHOW_FOR),
    )
  useTyping.setState(({ byRoom }) => ({ byRoom: { ...byRoom, [roomId]: typists } }))
}

on('typing_update', ({ room_id, typing_users, typing_names, typing_guests, typing_ids }) => {
  const me = currentUser()?.username
  show(
    room_id,
    typing_users
      .map((username, at) => ({
        username,
        display_name: typing_names[at] ?? null,
        is_guest: typing_guests.includes(username),
      }))
      .filter(({ username }, at) => username !== me && !isBlocked(typing_ids[at] ?? 0)),
  )
})
onAdded(({ room_id, username }) => {
  const typists = useTyping.getState().byRoom[room_id] ?? []
  const others = typists.filter((typist) => typist.username !== username)
  if (others.length < typists.length) show(room_id, others)
})
