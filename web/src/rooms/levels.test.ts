/** Of what one is told: what counts outside of the list of rooms, and when it counts again. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { openBrowserAt } from '../../tests/browser'
import { ChatServer, ROOM } from '../../tests/chatServer'

let server: ChatServer
let app: Awaited<ReturnType<typeof openApp>>

async function openApp() {
  vi.resetModules()
  const socket = await import('../lib/socket')
  const { startSession } = await import('../session')
  const levels = await import('./levels')
  const rooms = await import('./store')
  const reading = await import('./readState')
  localStorage.setItem('lanchat.token', 'token')
  await startSession()
  await vi.waitFor(() => expect(rooms.useRooms.getState().isLoaded).toBe(true))
  await vi.waitFor(() => expect(socket.useConnection.getState().isUp).toBe(true))
  return { socket, levels, rooms, reading }
}

beforeEach(async () => {
  server = new ChatServer()
  openBrowserAt(await server.listen())
  app = await openApp()
})

afterEach(async () => {
  app.socket.disconnect()
  await server.close()
})

const tell = (level: string, muted_until: string | null = null) =>
  server.tell('room_preferences', { room_id: ROOM, notifications: { level, muted_until } })

const told = () =>
  app.levels.countTold(app.rooms.useRooms.getState().byId, app.reading.useReading.getState().unread)

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
