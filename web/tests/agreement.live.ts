/**
 * State and events agree: after each thing that happens, the stores of a page that heard it equal those of a page that
 * was opened afterwards. Against a real server, at LANCHAT_SERVER: `tests/contract/test_stores_agree.py` starts it.
 */
import { io, type Socket } from 'socket.io-client'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { openBrowserAt } from './browser'

const SERVER = process.env.LANCHAT_SERVER ?? ''
const PATIENCE = 20_000 // ms
vi.setConfig({ testTimeout: 2 * PATIENCE, hookTimeout: 2 * PATIENCE })

interface Person {
  id: number
  token: string
  socket: Socket
}

async function ask<T>(token: string | null, method: string, path: string, body?: object): Promise<T> {
  const response = await fetch(`${SERVER}/api/${path}`, {
    method,
    headers: { 'Content-Type': 'application/json', ...(token && { Authorization: `Bearer ${token}` }) },
    body: body === undefined ? null : JSON.stringify(body),
  })
  expect(response.ok, `${method} ${path}: ${response.status}`).toBe(true)
  return (response.status === 204 ? {} : await response.json()) as T
}

async function person(username: string): Promise<Person> {
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

const as = {
  post: <T = object>({ token }: Person, path: string, body: object = {}) => ask<T>(token, 'POST', path, body),
  patch: ({ token }: Person, path: string, body: object) => ask(token, 'PATCH', path, body),
  put: ({ token }: Person, path: string, body: object) => ask(token, 'PUT', path, body),
  end: ({ token }: Person, path: string) => ask(token, 'DELETE', path),
}

let me: Person
let bob: Person
let carol: Person
let room: number
let staying: Awaited<ReturnType<typeof openPage>>

/** A page of mine, with the room open. */
async function openPage() {
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
  await startSession()
  await vi.waitFor(() => expect(Object.keys(useReading.getState().tallies)).not.toEqual([]), PATIENCE)
  await openTimeline(room)
  await presence.loadMembers(room)

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
  return { state, close: socket.disconnect }
}

async function agrees(): Promise<void> {
  await vi.waitFor(
    async () => {
      const fresh = await openPage()
      try {
        expect(staying.state()).toEqual(fresh.state())
      } finally {
        fresh.close()
      }
    },
    { timeout: PATIENCE, interval: 200 },
  )
}

beforeAll(async () => {
  openBrowserAt(Number(new URL(SERVER).port))
  me = await person('ann')
  bob = await person('bob')
  carol = await person('carol')
  room = (await as.post<{ id: number }>(bob, 'rooms/', { name: 'Workshop' })).id
  await as.post(me, `rooms/${room}/join`)
  await as.post(bob, `messages/${room}`, { content: 'welcome' })
  localStorage.setItem('lanchat.token', me.token)
  staying = await openPage()
})

afterAll(() => {
  staying?.close()
  for (const { socket } of [me, bob, carol]) socket.disconnect()
})

let other: number
let pair: number

/** Somebody answers the newest message of the room. */
async function answerLast(content: string): Promise<void> {
  const { messages } = await ask<{ messages: { id: number; message_type: string }[] }>(
    bob.token,
    'GET',
    `messages/${room}`,
  )
  const reply_to_id = messages.filter(({ message_type }) => message_type !== 'system').at(-1)?.id
  await as.post(bob, `messages/${room}`, { content, reply_to_id })
}

async function editLast(content: string): Promise<void> {
  const { messages } = await ask<{ messages: { id: number; user_id: number }[] }>(
    bob.token,
    'GET',
    `messages/${room}`,
  )
  const last = messages.filter(({ user_id }) => user_id === bob.id).at(-1)
  await as.patch(bob, `messages/${room}/${last?.id}`, { content })
}

const readAll = () => bob.socket.emitWithAck('mark_read', { room_id: room, seq: 1000 })

test.each<[string, () => Promise<unknown>]>([
  ['somebody writes', () => as.post(bob, `messages/${room}`, { content: 'hello' })],
  ['I write elsewhere', () => as.post(me, `messages/${room}`, { content: 'from my phone' })],
  ['somebody reads', () => bob.socket.emitWithAck('mark_read', { room_id: room, seq: 3 })],
  ['I read a part elsewhere', () => me.socket.emitWithAck('mark_read', { room_id: room, seq: 1 })],
  ['I mark it unread elsewhere', () => as.post(me, `rooms/${room}/unread`, { seq: 1 })],
  ['I read all elsewhere', () => me.socket.emitWithAck('mark_read', { room_id: room, seq: 3 })],
  ['I am mentioned', () => as.post(bob, `messages/${room}`, { content: '@ann come here' })],
  ['all are mentioned', () => as.post(bob, `messages/${room}`, { content: '@all come here' })],
  ['it is edited, and mentions nobody', () => editLast('come here')],
  ['it is edited, and mentions me', () => editLast('@ann, come here')],
  ['I want to be told of mentions', () => as.put(me, `rooms/${room}/notifications`, { level: 'mentions' })],
  ['I read what mentions me', () => me.socket.emitWithAck('mark_read', { room_id: room, seq: 1000 })],
  // What only somebody read who leaves is remembered by those who were there, and by nobody else.
  ['all is read', () => readAll()],
  ['somebody is called otherwise', () => as.patch(bob, 'auth/me', { display_name: 'Bob the Builder' })],
  ['somebody says what they do', () => as.patch(bob, 'auth/me', { status: { emoji: '😀', text: 'busy' } })],
  ['somebody joins', () => as.post(carol, `rooms/${room}/join`)],
  ['all is read again', () => readAll()],
  ['somebody leaves', () => as.post(carol, `rooms/${room}/leave`)],
  ['somebody is brought in', () => as.put(bob, `rooms/${room}/members/${carol.id}`, {})],
  [
    'somebody is made a moderator',
    () => as.patch(bob, `rooms/${room}/members/${carol.id}`, { role: 'moderator' }),
  ],
  ['I am made a moderator', () => as.patch(bob, `rooms/${room}/members/${me.id}`, { role: 'moderator' })],
  [
    'I am muted',
    () => as.patch(bob, `rooms/${room}/members/${me.id}`, { muted_until: '2099-01-01T00:00:00Z' }),
  ],
  ['I may speak again', () => as.patch(bob, `rooms/${room}/members/${me.id}`, { muted_until: null })],
  ['all is read before somebody goes', () => readAll()],
  ['somebody is removed', () => as.end(bob, `rooms/${room}/members/${carol.id}`)],
  ['a room is slowed down', () => as.put(bob, `rooms/${room}`, { slow_mode: 60 })],
  ['only managers post', () => as.put(bob, `rooms/${room}`, { posting: 'managers' })],
  ['I am a moderator no more', () => as.patch(bob, `rooms/${room}/members/${me.id}`, { role: 'member' })],
  ['everyone posts', () => as.put(bob, `rooms/${room}`, { posting: 'everyone' })],
  ['somebody answers', () => answerLast('yes')],
  ['what was answered is edited', () => editLast('yes, of course')],
  [
    'somebody writes to me alone',
    async () => {
      pair = (await as.post<{ id: number }>(bob, 'direct/', { user_ids: [me.id] })).id
      await as.post(bob, `messages/${pair}`, { content: 'between us' })
    },
  ],
  ['I answer them elsewhere', () => as.post(me, `messages/${pair}`, { content: 'nobody else' })],
  ['I block them elsewhere', () => as.put(me, `users/${bob.id}/block`, {})],
  ['whom I blocked calls me', () => as.post(bob, `messages/${room}`, { content: '@ann and @all' })],
  ['I unblock them elsewhere', () => as.end(me, `users/${bob.id}/block`)],
  ['I am blocked', () => as.put(bob, `users/${me.id}/block`, {})],
  ['I am blocked no more', () => as.end(bob, `users/${me.id}/block`)],
  ['I hide what we said', () => as.end(me, `direct/${pair}`)],
  ['they write again', () => as.post(bob, `messages/${pair}`, { content: 'still there?' })],
  [
    'a room is made',
    async () => {
      other = (await as.post<{ id: number }>(bob, 'rooms/', { name: 'Garden' })).id
      await as.post(bob, `messages/${other}`, { content: 'before you came' })
    },
  ],
  ['a room is renamed', () => as.put(bob, `rooms/${other}`, { name: 'Orchard', description: 'apples' })],
  ['I join elsewhere', () => as.post(me, `rooms/${other}/join`)],
  [
    'somebody writes in a room that is not open',
    () => as.post(bob, `messages/${other}`, { content: 'apples' }),
  ],
  ['its owner leaves it to me', () => as.post(bob, `rooms/${other}/leave`)],
  ['I leave elsewhere', () => as.post(me, `rooms/${other}/leave`)],
  [
    'another room is made',
    async () => {
      other = (await as.post<{ id: number }>(bob, 'rooms/', { name: 'Attic' })).id
    },
  ],
  ['I am brought in', () => as.put(bob, `rooms/${other}/members/${me.id}`, {})],
  ['it is archived', () => as.put(bob, `rooms/${other}`, { archived: true })],
  ['it is opened again', () => as.put(bob, `rooms/${other}`, { archived: false })],
  ['I am banned', () => as.put(bob, `rooms/${other}/bans/${me.id}`, {})],
  ['it is deleted', () => as.end(bob, `rooms/${other}`)],
])('%s', async (_, happen) => {
  await happen()
  await agrees()
})
