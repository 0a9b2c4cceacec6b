/** Whom I blocked: known after each connection, followed in all tabs, and silent. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { openBrowserAt } from '../../tests/browser'
import { ChatServer, OTHER, ROOM } from '../../tests/chatServer'
import { message } from '../../tests/messages'
import { openApp } from '../../tests/openApp'

let server: ChatServer
let app: Awaited<ReturnType<typeof open>>

const open = () =>
  openApp(async () => ({
    blocks: await import('./blocks'),
    reading: await import('./readState'),
    levels: await import('./levels'),
    typing: await import('../presence/typing'),
  }))

beforeEach(async () => {
  server = new ChatServer()
  server.blocked = [{ id: OTHER }]
  openBrowserAt(await server.listen())
  app = await open()
  await vi.waitFor(() => expect(ids()).toEqual([OTHER]))
})

afterEach(async () => {
  app.socket.disconnect()
  await server.close()
})

const ids = () => app.blocks.useBlocks.getState().ids
const calls = () => app.reading.useReading.getState().mentions[ROOM] ?? 0

test('another tab of mine blocks and unblocks', async () => {
  server.tell('block_changed', { user_id: 7, is_blocked: true })
  await vi.waitFor(() => expect(ids()).toEqual([OTHER, 7]))
  server.tell('block_changed', { user_id: OTHER, is_blocked: false })
  await vi.waitFor(() => expect(ids()).toEqual([7]))
})

test('what waits for me is counted anew where as many are blocked, but others', async () => {
  const recount = vi.fn()
  app.reading.whenCountIsUnsure(recount)
  await app.blocks.loadBlocked()
  expect(recount).not.toHaveBeenCalled()
  server.blocked = [{ id: 7 }]
  await app.blocks.loadBlocked()
  expect(recount).toHaveBeenCalledOnce()
})

test('who is blocked neither types, nor calls me, nor is told', async () => {
  const room = app.rooms.findRoom(ROOM)
  if (room === undefined) throw new Error('no room')
  const typing = { room_id: ROOM, typing_guests: [] }
  const both = { typing_users: ['other', 'li'], typing_names: ['other', 'li'], typing_ids: [OTHER, 9] }
  server.tell('typing_update', { ...typing, ...both })
  const typists = () => app.typing.useTyping.getState().byRoom[ROOM]?.map(({ username }) => username)
  await vi.waitFor(() => expect(typists()).toEqual(['li']))

  const said = server.say('look', { callsMe: true })
  const spoken = server.say('hello', { userId: 9 })
  await vi.waitFor(() => expect(app.reading.unreadIn(ROOM)).toBe(1))
  expect([calls(), app.levels.isTold(room, said), app.levels.isTold(room, spoken)]).toEqual([0, false, true])

  server.tell('block_changed', { user_id: OTHER, is_blocked: false })
  await vi.waitFor(() => expect(ids()).toEqual([]))
  expect(app.levels.isTold(room, server.say('look again', { callsMe: true }))).toBe(true)
  await vi.waitFor(() => expect(calls()).toBe(1))
})

test('what they say is folded until I want to see it, but where we are alone', () => {
  const said = message(3, { user_id: OTHER })
  const isFolded = (isAlone = false) => app.blocks.foldedIn(app.blocks.useBlocks.getState(), isAlone)(said)
  expect([isFolded(), isFolded(true)]).toEqual([true, false])
  app.blocks.unfold([said])
  expect(isFolded()).toBe(false)
})
