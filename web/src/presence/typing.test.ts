/** Who is shown as typing. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { openBrowserAt } from '../../tests/browser'
import { ChatServer, ROOM } from '../../tests/chatServer'
import { openApp } from '../../tests/openApp'

let server: ChatServer
let app: Awaited<ReturnType<typeof open>>

const open = () =>
  openApp(async () => ({
    typing: await import('./typing'),
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

test('who is a guest is known, and I am not among those who type', async () => {
  const shown = () => app.typing.useTyping.getState().byRoom[ROOM]
  const typing_users = ['li', 'me', 'gus']
  server.tell('typing_update', {
    room_id: ROOM,
    typing_users,
    typing_names: typing_users.map((name) => name.toUpperCase()),
    typing_guests: ['gus'],
    typing_ids: [2, 1, 3],
  })
  await vi.waitFor(() =>
    expect(shown()).toEqual([
      { username: 'li', display_name: 'LI', is_guest: false },
      { username: 'gus', display_name: 'GUS', is_guest: true },
    ]),
  )
})
