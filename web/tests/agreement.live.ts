/**
 * State and events agree: after each thing that happens, the stores of a page that heard it equal those of a page that
 * was opened afterwards. Against a real server, at LANCHAT_SERVER: `tests/contract/test_stores_agree.py` starts it.
 */
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { openBrowserAt } from './browser'
import { as, ask, openPage, PATIENCE, type Person, person, SERVER } from './live'

vi.setConfig({ testTimeout: 2 * PATIENCE, hookTimeout: 2 * PATIENCE })

let me: Person
let bob: Person
let carol: Person
let room: number
let staying: Awaited<ReturnType<typeof openPage>>

async function agrees(): Promise<void> {
  await vi.waitFor(
    async () => {
      const fresh = await openPage(room)
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
  staying = await openPage(room)
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
