/** What the last person leaves to the next at the same browser. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { openBrowserAt } from './browser'
import { ChatServer, ROOM } from './chatServer'

// Everything that makes a store is loaded, which a busy machine takes its time for.
vi.setConfig({ testTimeout: 30_000 })

const SRC = fileURLToPath(new URL('../src', import.meta.url))
const MADE = /\b(use\w+) = (session|device)Store\b/g

/** About the device, its user's taste, or the host: these outlive a session. */
const OF_THE_DEVICE = [
  'useAccount', // says itself who is signed in, and why nobody is
  'useConnection',
  'useDensity', // how close together rows stand
  'useDesk', // the window's first screen, where nobody signs in
  'useKeeping', // whether this browser stores what is unsent
  'useLicences', // the same for everybody, and half a megabyte
  'useNotifying', // whether this device shows and plays what it is told
  'useSecure', // whether this browser trusts the host
  'useServer',
  'useSurvey', // what this browser can do
  'useTheme',
]

const makers = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
  .filter((name) => /(?<!\.test)\.tsx?$/.test(name))
  .map((name) => ({ path: join(SRC, name), made: [...readFileSync(join(SRC, name), 'utf8').matchAll(MADE)] }))
  .filter(({ made }) => made.length > 0)

const namesOf = (kind: string) =>
  makers
    .flatMap(({ made }) => made.filter((match) => match[2] === kind))
    .map((match) => match[1] ?? '')
    .sort()

let server: ChatServer
let app: Awaited<ReturnType<typeof openApp>>

async function openApp() {
  vi.resetModules()
  vi.stubGlobal('matchMedia', () => new EventTarget())
  const account = await import('../src/accounts/store')
  const socket = await import('../src/lib/socket')
  const stores = await import('../src/lib/stores')
  const sending = await import('../src/messages/state/sending')
  const drafts = await import('../src/rooms/drafts')
  const { outbox } = await import('../src/lib/outbox')
  const { startSession } = await import('../src/session')
  for (const { path } of makers) await import(path)
  localStorage.setItem('lanchat.token', 'token')
  await startSession()
  await vi.waitFor(() => expect(socket.useConnection.getState().isUp).toBe(true))
  return { account, socket, stores, sending, drafts, outbox: await outbox() }
}

beforeEach(async () => {
  server = new ChatServer()
  openBrowserAt(await server.listen())
})

afterEach(async () => {
  app.socket.disconnect()
  await server.close()
})

/** Another value of the same kind, so that what reads it finds what it can handle. */
function changed(value: unknown): unknown {
  if (typeof value === 'boolean') return !value
  if (typeof value === 'number') return value + 1
  if (typeof value === 'string') return `${value} of the last person`
  if (Array.isArray(value)) return [...value, { id: 'left behind' }]
  if (value === null) return 'left behind'
  return { ...(value as object), left: 'behind' }
}

test('no store of a session keeps what the last person saw or did', async () => {
  app = await openApp()
  const stores = app.stores.sessionStores
  expect(stores).toHaveLength(namesOf('session').length)
  for (const store of stores) {
    const entries = Object.entries(store.getState()).map(([key, value]) => [key, changed(value)])
    store.setState(Object.fromEntries(entries), true)
    expect(store.getState()).not.toEqual(store.getInitialState())
  }
  await app.account.logOut()
  for (const store of stores) expect(store.getState()).toEqual(store.getInitialState())
})

test('the stores that outlive a session are these', () => {
  expect(namesOf('device')).toEqual(OF_THE_DEVICE)
})

test('an answer that comes when its asker has signed out is kept from the next person', async () => {
  app = await openApp()
  const { loadDevices, useDevices } = await import('../src/accounts/sessions')
  server.delays = '/api/auth/sessions'
  const loading = loadDevices().catch((reason) => reason.code)
  await vi.waitFor(() => expect(server.delayed).toHaveLength(1))
  await app.account.logOut()
  server.delayed[0]?.()
  expect(await loading).toBe('session_over')
  expect(useDevices.getState().devices).toBeNull()
})

async function leaveSomething(): Promise<void> {
  app = await openApp()
  app.drafts.setDraft(ROOM, 'half a')
  app.socket.disconnect()
  app.sending.send(ROOM, 'unsent')
  await vi.waitFor(async () => expect(await app.outbox.all('here:1')).toHaveLength(1))
  await app.account.logOut()
}

test('an account finds its drafts and unsent messages again, and the next person does not', async () => {
  await leaveSomething()
  expect(app.drafts.useDrafts.getState().texts).toEqual({})
  expect(await app.outbox.all('here:1')).toHaveLength(1)
  app = await openApp()
  expect(app.drafts.useDrafts.getState().texts).toEqual({ [ROOM]: 'half a' })
  await vi.waitFor(() => expect(server.messages.map((message) => message.content)).toEqual(['unsent']))
})

test('of a guest who has left nothing stays in the browser', async () => {
  server.isGuest = true
  await leaveSomething()
  await vi.waitFor(async () => expect(await app.outbox.all('here:1')).toEqual([]))
  expect(localStorage.getItem('lanchat.drafts.here:1')).toBeNull()
})

test('another host at the same address is another person to the browser', async () => {
  app = await openApp()
  app.drafts.setDraft(ROOM, 'for the first host')
  await app.account.logOut()
  server.installation = 'elsewhere'
  app = await openApp()
  expect(app.drafts.useDrafts.getState().texts).toEqual({})
})
