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
  const messages = await import('./timelines')
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
