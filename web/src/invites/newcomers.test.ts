/** Who counts as having come while an invitation is on screen. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { openBrowserAt } from '../../tests/browser'
import { ChatServer, ME, ROOM } from '../../tests/chatServer'

const LOBBY = 9
const LOBBY_ROW = {
  ...{ id: LOBBY, name: 'Lobby', description: '', is_private: false, created_at: '2024-01-01T00:00:00Z' },
  ...{ created_by: ME, member_count: 1, online_count: 1, kind: 'lobby' },
}

let server: ChatServer
let app: Awaited<ReturnType<typeof openApp>>

async function openApp() {
  vi.resetModules()
  const socket = await import('../lib/socket')
  const { startSession } = await import('../session')
  const newcomers = await import('./newcomers')
  const rooms = await import('../rooms/store')
  localStorage.setItem('lanchat.token', 'token')
  await startSession()
  await vi.waitFor(() => expect(rooms.useRooms.getState().isLoaded).toBe(true))
  server.tell('room_created', LOBBY_ROW)
  await vi.waitFor(() => expect(rooms.findRoom(LOBBY)).toBeDefined())
  return { socket, newcomers }
}

const names = () => app.newcomers.useNewcomers.getState().people.map((person) => person.name)
const expectNames = (...expected: string[]) => vi.waitFor(() => expect(names()).toEqual(expected))

const join = (room_id: number, user_id: number, username: string) =>
  server.tell('user_joined', { room_id, user_id, username })

const status = (user_id: number, username: string, is_online: boolean) =>
  server.tell('user_status_update', { user_id, username, is_online })

beforeEach(async () => {
  server = new ChatServer()
  openBrowserAt(await server.listen())
  app = await openApp()
})

afterEach(async () => {
  app.socket.disconnect()
  await server.close()
})

test('who joins the room counts once, and neither I nor who joins another room or comes online', async () => {
  app.newcomers.watchNewcomers(ROOM)
  join(ROOM, ME, 'me')
  join(LOBBY, 20, 'elsewhere')
  status(21, 'online', true)
  join(ROOM, 22, 'bob')
  join(ROOM, 22, 'bob')
  join(ROOM, 23, 'carol')
  await expectNames('bob', 'carol')
})

test('to the host come those new in the lobby, and those from another day', async () => {
  app.newcomers.watchNewcomers(null)
  join(ROOM, 20, 'been here')
  status(21, 'from yesterday', true)
  join(LOBBY, 22, 'new')
  status(22, 'new', true)
  await expectNames('from yesterday', 'new')
})

test('whose phone was away for a moment has not come', async () => {
  app.newcomers.watchNewcomers(null)
  status(20, 'asleep', false)
  status(20, 'asleep', true)
  join(LOBBY, 21, 'new')
  await expectNames('new')
})

test('another invitation counts anew, and none counts nobody', async () => {
  const stop = app.newcomers.watchNewcomers(ROOM)
  join(ROOM, 20, 'bob')
  await expectNames('bob')
  app.newcomers.watchNewcomers(ROOM)
  expect(names()).toEqual([])
  app.newcomers.watchNewcomers(ROOM)()
  stop()
  join(ROOM, 21, 'late')
  server.tell('room_deleted', { room_id: LOBBY, name: 'Lobby' })
  const { findRoom } = await import('../rooms/store')
  await vi.waitFor(() => expect(findRoom(LOBBY)).toBeUndefined())
  expect(names()).toEqual([])
})
