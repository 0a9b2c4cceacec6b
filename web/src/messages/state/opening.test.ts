/** What a room and the list of rooms show when they are opened in the midst of things. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { openBrowserAt } from '../../../tests/browser'
import { ChatServer, ROOM } from '../../../tests/chatServer'

const UNREAD = 250

let server: ChatServer

async function openApp() {
  vi.resetModules()
  const socket = await import('../../lib/socket')
  const { startSession } = await import('../../session')
  const messages = { ...(await import('./timelines')), ...(await import('./opening')) }
  const reading = await import('../../rooms/readState')
  const rooms = await import('../../rooms/store')
  localStorage.setItem('lanchat.token', 'token')
  await startSession()
  await vi.waitFor(() => expect(rooms.useRooms.getState().isLoaded).toBe(true))
  return { socket, messages, reading, rooms }
}

let app: Awaited<ReturnType<typeof openApp>>

beforeEach(async () => {
  server = new ChatServer()
  openBrowserAt(await server.listen())
})

afterEach(async () => {
  app.socket.disconnect()
  await server.close()
})

const timeline = () => app.messages.useMessages.getState().byRoom[ROOM]

/** The read part of the room, then so many messages that nobody heard. */
async function openWith(read: number, unread: number): Promise<void> {
  for (let n = 0; n < read + unread; n += 1) server.say(`message ${n}`, { isHeard: false })
  server.marks.push(read)
  app = await openApp()
  await vi.waitFor(() => expect(app.reading.unreadIn(ROOM)).toBeGreaterThan(0))
  await app.messages.openTimeline(ROOM)
}

test('a room opens with its first unread message, however many pages lie before the end', async () => {
  await openWith(40, UNREAD)
  const seqs = timeline()?.messages.map((message) => message.seq) ?? []
  expect(seqs).toContain(41)
  expect(seqs).toEqual(seqs.map((_, index) => (seqs[0] ?? 0) + index))
  expect(seqs.at(-1)).toBe(40 + UNREAD)
  expect(timeline()?.newAfter).toBe(40)
  const shown = timeline()
  if (shown !== undefined) expect(app.messages.unreadAbove(shown)).toBe(0)
})

test('a room with a thousand unread messages says how many lie above', async () => {
  await openWith(10, 1000)
  const shown = timeline()
  expect(shown?.messages).toHaveLength(500)
  if (shown !== undefined) expect(app.messages.unreadAbove(shown)).toBe(500)
})

test('what is live while the list of rooms is on its way is not lost', async () => {
  app = await openApp()
  const { useRooms, loadRooms } = app.rooms
  server.delays = '/api/rooms/'
  const loading = loadRooms()
  await vi.waitFor(() => expect(server.delayed).toHaveLength(1))
  server.tell('room_created', { id: 70, name: 'Just made' })
  server.tell('room_created', { id: 71, name: 'Gone again' })
  server.tell('room_deleted', { room_id: 71, name: 'Gone again' })
  await vi.waitFor(() => expect(useRooms.getState().byId[70]?.name).toBe('Just made'))
  server.delayed[0]?.()
  await loading
  expect(useRooms.getState().byId[70]?.name).toBe('Just made')
  expect(useRooms.getState().byId[71]).toBeUndefined()
})

/** Marked unread from `seq` on, on another device. */
function markUnread(seq: number): void {
  server.marks.push(seq - 1)
  server.tell('room_read', { room_id: ROOM, last_read_seq: seq - 1, is_back: true })
}

test('what I mark unread in the open room is not read by being seen, until I come to it again', async () => {
  await openWith(0, 4)
  app.messages.markSeen(ROOM)
  await vi.waitFor(() => expect(server.marks.at(-1)).toBe(4))
  markUnread(3)
  await vi.waitFor(() => expect(app.reading.unreadIn(ROOM)).toBe(2))
  expect(timeline()?.newAfter).toBe(2)
  app.messages.markSeen(ROOM)
  expect(app.reading.unreadIn(ROOM)).toBe(2)

  app.messages.lookAt(ROOM)
  app.messages.markSeen(ROOM)
  expect(app.reading.unreadIn(ROOM)).toBe(0)
  await vi.waitFor(() => expect(server.marks.at(-1)).toBe(4))
})

test('what I mark unread elsewhere while this tab has no connection stays unread', async () => {
  await openWith(0, 4)
  app.messages.markSeen(ROOM)
  await vi.waitFor(() => expect(server.marks.at(-1)).toBe(4))
  server.tell('room_read', { room_id: ROOM, last_read_seq: 4, is_back: false })
  server.say('heard')
  await vi.waitFor(() => expect(app.reading.unreadIn(ROOM)).toBe(1))

  server.cut()
  server.marks.push(1)
  await vi.waitFor(() => expect(app.reading.unreadIn(ROOM)).toBe(4))
  expect(server.marks.at(-1)).toBe(1)
  expect(app.reading.readSeq(ROOM)).toBe(1)
})
