/** A place becomes a room: in every order in which the answer, the event, an old list and further words may come. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { openBrowserAt } from '../../tests/browser'
import { ChatServer, NOTES, ROOM } from '../../tests/chatServer'
import { openApp } from '../../tests/openApp'

let server: ChatServer
let app: Awaited<ReturnType<typeof open>>

const open = () =>
  openApp(async () => ({
    direct: await import('./direct'),
    people: await import('./acquaintances'),
    sending: await import('../messages/state/sending'),
  }))

beforeEach(async () => {
  server = new ChatServer()
  openBrowserAt(await server.listen())
  app = await open()
})

afterEach(async () => {
  app.socket.disconnect()
  for (const leave of server.held.values()) leave()
  await server.close()
})

const ids = () =>
  Object.keys(app.rooms.useRooms.getState().byId)
    .map(Number)
    .sort((a, b) => a - b)
const said = () => server.received.map(({ room_id, content }) => [room_id, content])
const held = (path: string) => vi.waitFor(() => expect(server.held.has(path)).toBe(true))

function release(path: string): void {
  server.held.get(path)?.()
  server.held.delete(path)
}

type Step = 'answer' | 'event' | 'old list' | 'more words'

const DO: Record<Step, (place: number) => void> = {
  answer: () => release('/api/direct/'),
  event: () => server.tell('membership_added', { room: server.notes ?? {} }),
  'old list': () => release('/api/rooms/'),
  'more words': (place) => app.sending.send(place, 'eggs'),
}

function orders<T>(things: T[]): T[][] {
  if (things.length < 2) return [things]
  return things.flatMap((first) =>
    orders(things.filter((other) => other !== first)).map((rest) => [first, ...rest]),
  )
}

/** Words to a place, whose room the server makes; then the steps, each seen through before the next. */
async function live(steps: Step[], beginsAnew: boolean): Promise<void> {
  const place = app.direct.beginWith([])
  server.holds.add('/api/rooms/').add('/api/direct/')
  const lists = app.rooms.loadRooms()
  await held('/api/rooms/') // made before the room is
  app.sending.send(place, 'milk')
  await held('/api/direct/')
  for (const step of steps) {
    DO[step](place)
    await new Promise((go) => setTimeout(go, 15))
    if (beginsAnew) app.direct.beginWith([])
  }
  if (steps.includes('old list')) await lists
}

const ALL: Step[] = ['answer', 'event', 'old list', 'more words']

for (const beginsAnew of [false, true])
  for (const steps of orders(ALL))
    test(`${steps.join(', ')}${beginsAnew ? '; the place is gone to again after each' : ''}`, async () => {
      await live(steps, beginsAnew)
      await vi.waitFor(() => expect(app.sending.useSending.getState().unsent).toEqual([]), { timeout: 3_000 })
      expect(said()).toEqual([
        [NOTES, 'milk'],
        [NOTES, 'eggs'],
      ])
      expect(ids()).toEqual([ROOM, NOTES])
      expect(app.direct.beginWith([])).toBe(NOTES)
    })

for (const steps of orders<Step>(['event', 'more words', 'old list']))
  test(`an answer that never comes holds nothing up: ${steps.join(', ')}`, async () => {
    await live(steps, true)
    await vi.waitFor(() => expect(app.sending.useSending.getState().unsent).toEqual([]), { timeout: 3_000 })
    expect(said()).toEqual([
      [NOTES, 'milk'],
      [NOTES, 'eggs'],
    ])
    expect(ids()).toEqual([ROOM, NOTES])
  })

test('where the directory is closed, those are found with whom one shares a room', async () => {
  server.members = [
    { id: 1, username: 'me', display_name: null, initials: null },
    { id: 2, username: 'wang', display_name: '张三', initials: 'zs' },
  ]
  const found = async (q: string) => (await app.people.findPeople(q)).map(({ id }) => id)
  expect(await found('')).toEqual([2])
  expect(await found('ZS')).toEqual([2])
  expect(await found('li')).toEqual([])
  const asked = () => server.asked.filter((path) => /users\/$|members$/.test(path))
  expect(asked()).toEqual(['/api/users/', `/api/rooms/${ROOM}/members`])
  server.members = [...server.members, { id: 3, username: 'li', display_name: null, initials: null }]
  server.tell('user_joined', { room_id: ROOM, user_id: 3, username: 'li' })
  await vi.waitFor(async () => expect(await found('li')).toEqual([3]))
})
