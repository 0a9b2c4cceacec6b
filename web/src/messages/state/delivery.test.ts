/** What the person sees of sending and receiving, through every fault of the network. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { openBrowserAt } from '../../../tests/browser'
import { ChatServer, OTHER, ROOM } from '../../../tests/chatServer'

let server: ChatServer
let app: Awaited<ReturnType<typeof openApp>>

/** The client as a page loads it: fresh modules, the same storage. */
async function openApp() {
  vi.resetModules()
  const socket = await import('../../lib/socket')
  const { startSession } = await import('../../session')
  const messages = { ...(await import('./timelines')), ...(await import('./opening')) }
  const feed = await import('./feed')
  const sending = await import('./sending')
  const reading = await import('../../rooms/readState')
  const account = await import('../../accounts/store')
  const rooms = await import('../../rooms/store')
  localStorage.setItem('lanchat.token', 'token')
  await startSession()
  await vi.waitFor(() => expect(rooms.useRooms.getState().isLoaded).toBe(true))
  await messages.openTimeline(ROOM)
  return { socket, messages, feed, sending, reading, account }
}

const shown = () => app.messages.useMessages.getState().byRoom[ROOM]?.messages.map((m) => m.content) ?? []
const unsent = () => app.sending.useSending.getState().unsent
const isUp = () => app.socket.useConnection.getState().isUp
const stored = () => server.messages.map((m) => m.content)

function expectShown(...contents: string[]) {
  return vi.waitFor(() => expect(shown()).toEqual(contents), { timeout: 5_000 })
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

test('a message is shown at once, and once when it is sent', async () => {
  app.sending.send(ROOM, 'hello')
  expect(unsent().map((entry) => entry.content)).toEqual(['hello'])
  await expectShown('hello')
  expect(unsent()).toEqual([])
})

test('an echo that comes before the acknowledgement does not double the message', async () => {
  server.echoesFirst = true
  app.sending.send(ROOM, 'hello')
  await expectShown('hello')
  await vi.waitFor(() => expect(unsent()).toEqual([]))
})

test('a message whose acknowledgement was lost is known by what the return brings', async () => {
  server.losesAcks = true
  app.sending.send(ROOM, 'hello')
  await vi.waitFor(() => expect(unsent()).toEqual([]), { timeout: 8_000 })
  await expectShown('hello')
  expect(server.received).toHaveLength(1)
}, 10_000)

test('where nothing else tells of it, a lost acknowledgement sends the same message again, and it is there once', async () => {
  server.losesAcks = true
  app.messages.clearTimelines()
  app.sending.send(ROOM, 'hello')
  await vi.waitFor(() => expect(server.received.length).toBe(2), { timeout: 8_000 })
  await app.messages.openTimeline(ROOM)
  await expectShown('hello')
  expect(stored()).toEqual(['hello'])
  await vi.waitFor(() => expect(unsent()).toEqual([]))
}, 10_000)

test('what is written while offline goes out in order on return', async () => {
  server.cut()
  await vi.waitFor(() => expect(isUp()).toBe(false))
  for (const text of ['one', 'two', 'three']) app.sending.send(ROOM, text)
  expect(server.received).toEqual([])
  await expectShown('one', 'two', 'three')
  expect(stored()).toEqual(['one', 'two', 'three'])
})

test('what is written while offline survives a reload and goes out once', async () => {
  app.socket.disconnect()
  app.sending.send(ROOM, 'written offline')
  const { outbox } = await import('../../lib/outbox')
  await vi.waitFor(async () => expect(await (await outbox()).all('here:1')).toHaveLength(1))
  app = await openApp()
  await expectShown('written offline')
  expect(stored()).toEqual(['written offline'])
  expect(unsent()).toEqual([])
})

test('another account at this browser does not send it', async () => {
  app.socket.disconnect()
  app.sending.send(ROOM, 'mine')
  const { outbox } = await import('../../lib/outbox')
  await vi.waitFor(async () => expect(await (await outbox()).all('here:1')).toHaveLength(1))
  expect(await (await outbox()).all('here:2')).toEqual([])
})

test('a refused message waits for Retry, and the next one is sent meanwhile', async () => {
  server.refusal = { code: 'muted', message: 'You are muted.' }
  app.sending.send(ROOM, 'first')
  await vi.waitFor(() => expect(unsent()[0]?.error?.code).toBe('muted'))
  server.refusal = null
  app.sending.send(ROOM, 'second')
  await expectShown('second')
  const [failed] = unsent()
  if (failed !== undefined) await app.sending.retry(failed)
  await expectShown('second', 'first')
})

test('a refused message can be deleted', async () => {
  server.refusal = { code: 'muted', message: 'You are muted.' }
  app.sending.send(ROOM, 'regretted')
  await vi.waitFor(() => expect(unsent()[0]?.error?.code).toBe('muted'))
  const [failed] = unsent()
  if (failed !== undefined) await app.sending.discard(failed)
  app = await openApp()
  expect(unsent()).toEqual([])
  expect(stored()).toEqual([])
})

test('a server that asks to wait gets the message later, not never', async () => {
  server.refusal = { code: 'too_many', message: 'Slow down.', details: { retry_after: 0.1 } }
  app.sending.send(ROOM, 'patient')
  await vi.waitFor(() => expect(server.received.length).toBeGreaterThan(0))
  server.refusal = null
  await expectShown('patient')
})

test('a return fetches everything that was missed, in order', async () => {
  server.say('before')
  await expectShown('before')
  server.cut()
  for (const text of ['a', 'b', 'c', 'd', 'e']) server.say(text, { isHeard: false })
  await expectShown('before', 'a', 'b', 'c', 'd', 'e')
})

test('a live event that was lost is noticed by the next one', async () => {
  server.say('heard')
  server.say('lost', { isHeard: false })
  server.say('heard again')
  await expectShown('heard', 'lost', 'heard again')
})

test('a message that overtakes the first page is shown', async () => {
  app.messages.clearTimelines()
  server.delays = `/api/messages/${ROOM}`
  const opening = app.messages.openTimeline(ROOM)
  await vi.waitFor(() => expect(server.delayed).toHaveLength(1))
  server.say('overtook')
  await vi.waitFor(() => expect(app.reading.unreadIn(ROOM)).toBe(1))
  server.delayed[0]?.()
  await opening
  await expectShown('overtook')
})

test('a room that is named during a catch-up is caught up with, too', async () => {
  server.say('missed', { isHeard: false })
  await Promise.all([app.feed.catchUp([]), app.feed.catchUp([ROOM])])
  await expectShown('missed')
})

test('another epoch of the server starts the timeline over', async () => {
  server.say('old life')
  await expectShown('old life')
  const { setOpenRoom } = await import('../../rooms/store')
  setOpenRoom(ROOM)
  server.messages.length = 0
  server.epoch = 'two'
  server.say('new life', { isHeard: false })
  server.cut()
  await expectShown('new life')
})

test('messages of others count as unread until the end was seen', async () => {
  server.say('one')
  server.say('two')
  await vi.waitFor(() => expect(app.reading.unreadIn(ROOM)).toBe(2))
  app.messages.markSeen(ROOM)
  expect(app.reading.unreadIn(ROOM)).toBe(0)
  await vi.waitFor(() => expect(server.marks).toEqual([2]))
})

test('my message is sent, then delivered, then seen', async () => {
  const { deliveryOf, useReceipts } = await import('./receipts')
  app.sending.send(ROOM, 'hello')
  await expectShown('hello')
  const delivery = () => {
    const message = app.messages.useMessages.getState().byRoom[ROOM]?.messages[0]
    return message && deliveryOf(message, useReceipts.getState().byRoom[ROOM])
  }
  expect(delivery()).toBe('sent')
  server.tellReceipts(1, 0)
  await vi.waitFor(() => expect(delivery()).toBe('delivered'))
  server.tellReceipts(1, 1)
  await vi.waitFor(() => expect(delivery()).toBe('seen'))
})

test('what was seen stays seen when a server that has just started knows less', async () => {
  const { useReceipts } = await import('./receipts')
  const seen = () => useReceipts.getState().byRoom[ROOM]?.seen
  server.tellReceipts(3, 2)
  await vi.waitFor(() => expect(seen()).toEqual([{ user_id: OTHER, seq: 2 }]))
  server.tellReceipts(4, 1)
  await vi.waitFor(() => expect(useReceipts.getState().byRoom[ROOM]?.delivered[0]?.seq).toBe(4))
  expect(seen()).toEqual([{ user_id: OTHER, seq: 2 }])
})

test('what has reached this client is reported once for a burst, and never for my own', async () => {
  app.sending.send(ROOM, 'mine')
  await expectShown('mine')
  server.say('one')
  server.say('two')
  await vi.waitFor(() => expect(server.delivered).toEqual([3]), { timeout: 3_000 })
})

test('logging out forgets what was shown', async () => {
  server.say('private')
  await expectShown('private')
  await app.account.logOut()
  expect(shown()).toEqual([])
  expect(localStorage.getItem('lanchat.token')).toBeNull()
})

test('logging out leaves the account alone that another tab remembers', async () => {
  localStorage.setItem('lanchat.token', 'of another account')
  await app.account.logOut()
  expect(localStorage.getItem('lanchat.token')).toBe('of another account')
})

test.each([
  [true, 'asleep'],
  [false, 'stopped'],
])(
  'what the host said before it went holds until it is back (restart_expected: %s)',
  async (restart_expected, said) => {
    const farewell = () => app.socket.useConnection.getState().farewell
    server.leave({ restart_expected })
    await vi.waitFor(() => expect([isUp(), farewell()]).toEqual([false, said]))
    await vi.waitFor(() => expect([isUp(), farewell()]).toEqual([true, null]), { timeout: 5_000 })
  },
)

test('a file that has changed since it was chosen fails by itself, and what is said after it goes out', async () => {
  class Request {
    upload = {}
    onerror = () => {}
    open() {}
    setRequestHeader() {}
    send() {
      this.onerror()
    }
  }
  vi.stubGlobal('XMLHttpRequest', Request)
  const file = new File(['words'], 'notes.txt', { type: 'text/plain' })
  const unreadable = { arrayBuffer: () => Promise.reject(new DOMException('', 'NotReadableError')) }
  vi.spyOn(file, 'slice').mockReturnValue(unreadable as unknown as Blob)
  app.sending.keepFiles(ROOM, [file], '')
  app.sending.send(ROOM, 'after it')
  await expectShown('after it')
  expect(unsent().map(({ content, error }) => [content, error?.code])).toEqual([['notes.txt', 'file_gone']])
  expect(unsent()[0]?.error?.message).not.toBe('')
})
