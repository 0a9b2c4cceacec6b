/** That a client ends with what the server has, whatever becomes of the events on their way. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { openBrowserAt } from '../../../tests/browser'
import { ChatServer, ME, OTHER, ROOM, type Told } from '../../../tests/chatServer'

let server: ChatServer
let app: Awaited<ReturnType<typeof openApp>>

async function openApp() {
  vi.resetModules()
  const socket = await import('../../lib/socket')
  const news = await import('../../lib/news')
  const { startSession } = await import('../../session')
  const timelines = { ...(await import('./timelines')), ...(await import('./opening')) }
  const reading = await import('../../rooms/readState')
  const rooms = await import('../../rooms/store')
  localStorage.setItem('lanchat.token', 'token')
  await startSession()
  await vi.waitFor(() => expect(server.syncs).toBeGreaterThan(0))
  await timelines.openTimeline(ROOM)
  return { socket, news, timelines, reading, rooms }
}

const shown = () => app.timelines.useMessages.getState().byRoom[ROOM]?.messages
const agrees = () =>
  vi.waitFor(
    () => {
      const messages = shown() ?? []
      expect(messages).toEqual(server.messages.slice(server.messages.length - messages.length))
      expect(app.reading.unreadIn(ROOM)).toBe(server.unread())
      expect(app.rooms.findRoom(ROOM)?.last_message).toEqual(server.messages.at(-1))
      expect(app.rooms.findRoom(ROOM)?.last_seq).toBe(server.counter)
    },
    { timeout: 15_000 }, // more than two tries to catch up, on a machine that is busy
  )

beforeEach(async () => {
  server = new ChatServer()
  openBrowserAt(await server.listen())
  app = await openApp()
})

afterEach(async () => {
  app.socket.disconnect()
  await server.close()
})

test('an edit, then a message: no sync is asked', async () => {
  const first = server.say('with a tpyo')
  await agrees()
  const before = server.syncs
  server.edit(first, 'with a typo')
  server.say('and on')
  await agrees()
  expect(shown()?.map(({ content }) => content)).toEqual(['with a typo', 'and on'])
  expect(server.syncs).toBe(before)
})

test('a lost edit is noticed by the next message', async () => {
  const first = server.say('old')
  await agrees()
  server.edit(first, 'new', { isHeard: false })
  server.say('next')
  await agrees()
  expect(shown()?.map(({ content }) => content)).toEqual(['new', 'next'])
})

test('a recall takes the words away everywhere, and one off what is unread', async () => {
  const first = server.say('kept')
  const last = server.say('regretted')
  await agrees()
  server.recall(last)
  await vi.waitFor(() => expect(app.reading.unreadIn(ROOM)).toBe(1))
  await agrees()
  app.timelines.markSeen(ROOM)
  server.recall(first)
  await vi.waitFor(() => expect(shown()?.every(({ is_deleted }) => is_deleted)).toBe(true))
  expect(app.reading.unreadIn(ROOM)).toBe(0)
})

test('a change of a message that no page has brought opens no hole in the list', async () => {
  for (let n = 0; n < 120; n += 1) server.say(`message ${n}`, { isHeard: false })
  app.timelines.clearTimelines()
  await app.timelines.openTimeline(ROOM)
  const [oldest] = server.messages
  if (oldest !== undefined) server.edit(oldest, 'changed long ago')
  server.say('the end')
  await vi.waitFor(() => expect(shown()?.at(-1)?.content).toBe('the end'))
  expect(shown()?.[0]?.seq).toBeGreaterThan(1)
  while ((shown()?.length ?? 0) < server.messages.length) await app.timelines.loadOlder(ROOM)
  await agrees()
  expect(shown()).toHaveLength(121)
})

test('a change that overtakes the page with its message is not lost', async () => {
  for (let n = 0; n < 60; n += 1) server.say(`message ${n}`, { isHeard: false })
  app.timelines.clearTimelines()
  await app.timelines.openTimeline(ROOM)
  server.delays = `/api/messages/${ROOM}`
  const loading = app.timelines.loadOlder(ROOM)
  await vi.waitFor(() => expect(server.delayed).toHaveLength(1))
  const [oldest] = server.messages
  if (oldest !== undefined) server.edit(oldest, 'changed meanwhile')
  server.say('the end')
  await vi.waitFor(() => expect(shown()?.at(-1)?.content).toBe('the end'))
  server.delayed[0]?.()
  await loading
  await agrees()
  expect(shown()?.[0]?.content).toBe('changed meanwhile')
})

test('each message is announced once, and those of an absence are not live', async () => {
  const heard: [string, boolean][] = []
  app.news.onAdded(({ content }, isLive) => heard.push([content, isLive]))
  server.tell('new_message', server.say('live'))
  server.say('lost', { isHeard: false })
  server.say('after it')
  await agrees()
  expect(heard.sort()).toEqual([
    ['after it', true],
    ['live', true],
    ['lost', false],
  ])
})

/** The same numbers for the same seed, so that a failure can be had again. */
function randomly(seed: number) {
  let state = seed
  return (below: number): number => {
    state = (Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x9e3779b9) >>> 0
    return ((state ^ (state >>> 13)) >>> 0) % below
  }
}

type Random = ReturnType<typeof randomly>

function happen(random: Random): Told {
  const message = server.messages[random(server.messages.length || 1)]
  const what = message === undefined || message.is_deleted ? 0 : random(4)
  const isHeard = false
  if (what === 1 && message !== undefined) return server.edit(message, `edit ${random(99)}`, { isHeard })
  if (what === 2 && message !== undefined) return server.recall(message, { isHeard })
  return ['new_message', server.say(`word ${random(99)}`, { isHeard, userId: random(3) === 0 ? ME : OTHER })]
}

/** Some never arrive, some arrive twice, some too early. */
function mangled(events: Told[], random: Random): Told[] {
  const arriving = events.flatMap((event) => [[], [event, event], [event], [event]][random(4)] ?? [])
  for (let at = 1; at < arriving.length; at += 1) {
    const other = random(at + 1)
    const [a, b] = [arriving[at], arriving[other]]
    if (random(3) === 0 && a !== undefined && b !== undefined) [arriving[at], arriving[other]] = [b, a]
  }
  return arriving
}

test('after any history, however its events arrive, the client has what the server has', async () => {
  for (let seed = 1; seed <= 40; seed += 1) {
    const random = randomly(seed)
    if (random(3) === 0) app.timelines.clearTimelines()
    if (random(3) === 0) app.timelines.markSeen(ROOM)
    await vi.waitFor(() => expect(server.marks.at(-1) ?? 0).toBe(app.reading.readSeq(ROOM) ?? 0))
    const events = Array.from({ length: 1 + random(10) }, () => happen(random))
    for (const [event, message] of mangled(events, random)) server.tell(event, message)
    server.say('the last word')
    await agrees().catch((reason) => expect.fail(`seed ${seed}: ${reason}`))
    if (shown() === undefined) await app.timelines.openTimeline(ROOM)
    await agrees()
    expect(shown()?.length).toBeGreaterThanOrEqual(Math.min(50, server.messages.length))
  }
}, 60_000)
