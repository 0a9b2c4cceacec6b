/** What tests against a real server share: people who act by REST, and pages of theirs as their stores see it. */
import { io, type Socket } from 'socket.io-client'
import { expect, vi } from 'vitest'

export const SERVER = process.env.LANCHAT_SERVER ?? ''
export const PATIENCE = 20_000 // ms

export interface Person {
  id: number
  token: string
  socket: Socket
}

export async function ask<T>(token: string | null, method: string, path: string, body?: object): Promise<T> {
  const response = await fetch(`${SERVER}/api/${path}`, {
    method,
    headers: { 'Content-Type': 'application/json', ...(token && { Authorization: `Bearer ${token}` }) },
    body: body === undefined ? null : JSON.stringify(body),
  })
  expect(response.ok, `${method} ${path}: ${response.status}`).toBe(true)
  return (response.status === 204 ? {} : await response.json()) as T
}

export async function person(username: string): Promise<Person> {
  const body = { username, password: 'correct horse', password2: 'correct horse' }
  const { id, access_token: token } = await ask<{ id: number; access_token: string }>(
    null,
    'POST',
    'auth/register',
    body,
  )
  const socket = io(SERVER, { auth: { token }, transports: ['websocket'], forceNew: true })
  await new Promise<void>((resolve) => socket.on('connect', () => resolve()))
  return { id, token, socket }
}

export const as = {
  post: <T = object>({ token }: Person, path: string, body: object = {}) => ask<T>(token, 'POST', path, body),
  patch: ({ token }: Person, path: string, body: object) => ask(token, 'PATCH', path, body),
  put: ({ token }: Person, path: string, body: object) => ask(token, 'PUT', path, body),
  end: ({ token }: Person, path: string) => ask(token, 'DELETE', path),
}

/** A page of whose token is kept, with a room open; it may go away, and come back. */
export async function openPage(room: number) {
  vi.resetModules()
  const socket = await import('../src/lib/socket')
  const { startSession } = await import('../src/session')
  const timelines = await import('../src/messages/state/timelines')
  const { openTimeline } = await import('../src/messages/state/opening')
  const { deliveryOf, useReceipts } = await import('../src/messages/state/receipts')
  const { useReading } = await import('../src/rooms/readState')
  const { useRooms } = await import('../src/rooms/store')
  const { useBlocks } = await import('../src/rooms/blocks')
  const presence = await import('../src/presence/store')
  const pins = await import('../src/messages/actions/pins')
  await startSession()
  await vi.waitFor(() => expect(Object.keys(useReading.getState().tallies)).not.toEqual([]), PATIENCE)
  await openTimeline(room)
  await presence.loadMembers(room)
  await pins.loadPins(room)

  const shown = () => timelines.useMessages.getState().byRoom[room]?.messages ?? []
  /** Everything that people see of it, in an order of its own. */
  const state = () => ({
    rooms: useRooms.getState().byId,
    blocked: [...useBlocks.getState().ids].sort((a, b) => a - b),
    unread: Object.fromEntries(Object.entries(useReading.getState().unread).filter(([, count]) => count > 0)),
    mentions: Object.fromEntries(
      Object.entries(useReading.getState().mentions).filter(([, count]) => count > 0),
    ),
    upTo: useReading.getState().upTo,
    // Of many who have come as far, two are told, whichever.
    delivered: shown().map((message) => deliveryOf(message, useReceipts.getState().byRoom[room])),
    messages: shown(),
    pinned: pins.usePins.getState().byRoom[room]?.map(({ id }) => id),
    members: presence.usePresence
      .getState()
      .members[room]?.map(({ id, username, display_name, status, role }) => ({
        id,
        username,
        display_name,
        status,
        role,
      })),
  })
  const come = () => socket.connect(localStorage.getItem('lanchat.token') ?? '')
  return { state, close: socket.disconnect, come }
}
