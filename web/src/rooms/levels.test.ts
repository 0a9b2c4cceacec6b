/** Of what one is told: what counts outside of the list of rooms, and when it counts again. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { openBrowserAt } from '../../tests/browser'
import { ChatServer, ROOM } from '../../tests/chatServer'
import { openApp } from '../../tests/openApp'

let server: ChatServer
let app: Awaited<ReturnType<typeof open>>

const open = () =>
  openApp(async () => ({
    levels: await import('./levels'),
    reading: await import('./readState'),
  }))

beforeEach(async () => {
  server = new ChatServer()
  openBrowserAt(await server.listen())
  app = await open()
})

afterEach(async () => {
  app.socket.disconnect()
  await server.close()
})

const tell = (level: string, muted_until: string | null = null) =>
  server.tell('room_preferences', { room_id: ROOM, notifications: { level, muted_until } })

const told = () => app.levels.countTold(app.rooms.useRooms.getState().byId, app.reading.useReading.getState())

test('what is unread in a muted room is counted there, and told nowhere else', async () => {
  server.say('hello')
  await vi.waitFor(() => expect(told()).toBe(1))
  for (const level of ['none', 'mentions']) {
    tell(level)
    await vi.waitFor(() => expect(told()).toBe(0))
    expect(app.reading.unreadIn(ROOM)).toBe(1)
    tell('all')
    await vi.waitFor(() => expect(told()).toBe(1))
  }
})

test('when a mute is over, what is unread is told again by itself', async () => {
  server.say('hello')
  await vi.waitFor(() => expect(told()).toBe(1))
  const seen: number[] = []
  app.rooms.useRooms.subscribe(() => seen.push(told()))
  tell('all', new Date(Date.now() + 400).toISOString())
  await vi.waitFor(() => expect(seen.at(-1)).toBe(0))
  await vi.waitFor(() => expect(seen.at(-1)).toBe(1))
  expect(app.rooms.findRoom(ROOM)?.notifications).toEqual({ level: 'all', muted_until: null })
})

const mentions = () => app.reading.useReading.getState().mentions[ROOM] ?? 0
const called = () =>
  app.levels.isCalled(app.rooms.useRooms.getState().byId, app.reading.useReading.getState())

test('who is told of mentions only is told of them, and a muted room still counts them', async () => {
  tell('mentions')
  server.say('hello')
  const call = server.say('hello you', { callsMe: true })
  await vi.waitFor(() => expect(told()).toBe(1))
  expect([app.reading.unreadIn(ROOM), mentions(), called()]).toEqual([2, 1, true])
  const room = app.rooms.findRoom(ROOM)
  if (room === undefined) throw new Error('no room')
  expect(app.levels.isTold(room, call)).toBe(true)
  expect(app.levels.isTold(room, { ...call, mentions: [] })).toBe(false)
  tell('none')
  await vi.waitFor(() => expect(told()).toBe(0))
  expect([mentions(), called()]).toEqual([1, false])
})

test('mentions end with reading, recalls and edits, and an edit may be one', async () => {
  const [first, second, third] = [0, 1, 2].map(() => server.say('you', { callsMe: true }))
  const plain = server.say('nobody')
  await vi.waitFor(() => expect(mentions()).toBe(3))
  if (!first || !second || !third) throw new Error('nothing said')
  server.recall(first)
  await vi.waitFor(() => expect(mentions()).toBe(2))
  server.editCall(second, false)
  await vi.waitFor(() => expect(mentions()).toBe(1))
  server.editCall(plain, true)
  await vi.waitFor(() => expect(mentions()).toBe(2))

  // The server's own count, and what changes of it.
  app.socket.reconnect()
  await vi.waitFor(() => expect(app.reading.useReading.getState().tallies[ROOM]?.mentioned).toBe(2))
  server.editCall(plain, false)
  await vi.waitFor(() => expect(mentions()).toBe(1))
  app.reading.markRead(ROOM, server.counter)
  expect(mentions()).toBe(0)
})
