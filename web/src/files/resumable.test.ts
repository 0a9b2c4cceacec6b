/** A large file arrives once, whatever comes between, and nothing of it stays behind. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { openBrowserAt } from '../../tests/browser'
import { refused, Tus } from '../../tests/tus'

// What browsers load; Node would get one of its own.
vi.mock('tus-js-client', () => import('../../node_modules/tus-js-client/lib.esm/browser/index.js' as string))

const SIZE = 5 << 20
const film = () => new File([new Uint8Array(SIZE)], 'secret film.mkv', { type: 'video/mp4', lastModified: 7 })
const stopped = () => new AbortController()

let tus: Tus
let upload: typeof import('./upload')
let api: typeof import('../lib/api')
let stores: typeof import('../lib/stores')

beforeEach(async () => {
  openBrowserAt(9)
  tus = new Tus()
  vi.resetModules()
  upload = await import('./upload')
  api = await import('../lib/api')
  stores = await import('../lib/stores')
  api.setToken('mine')
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

const send = (signal = stopped().signal, onProgress = () => {}) =>
  upload.uploadFile(film(), onProgress, signal)
const failureOf = (sending: Promise<unknown>) => sending.then(() => null).catch((reason) => reason)
const keysHere = () =>
  Array.from({ length: localStorage.length }, (_, index) => localStorage.key(index) ?? '')
const traces = () => keysHere().map((key) => `${key} ${localStorage.getItem(key)}`)

/** The browser says so, and nothing is tried again until it is asked for. */
async function cut(): Promise<void> {
  vi.stubGlobal('navigator', { languages: ['en'], onLine: false })
  tus.faults.push(['PATCH', 'cut'])
  expect((await failureOf(send())).code).toBe('no_connection')
  vi.stubGlobal('navigator', { languages: ['en'], onLine: true })
}

test.each([
  [refused(503, ''), 'no_answer', null],
  [{ ...refused(429, ''), headers: { 'Retry-After': '9' } }, 'too_many', 9],
])(
  'a look that is refused in passing (%o) loses nothing of what has arrived',
  async (answer, code, after) => {
    await cut()
    tus.faults.push(['HEAD', answer])
    const failure = await failureOf(send())
    expect([failure.code, failure.isPassing, failure.retryAfter]).toEqual([code, true, after])
    await send()
    expect(tus.asked).toEqual(['POST', 'PATCH', 'HEAD', 'HEAD', 'PATCH', 'GET'])
    expect(tus.uploads.get('upload1')?.offset).toBe(SIZE)
  },
)

test('a session that a look finds over is told of, and what has arrived stays', async () => {
  await import('./resumable') // which loads who hears of it otherwise
  const whenOver = vi.fn()
  api.whenUnauthorised(whenOver)
  await cut()
  tus.faults.push(['HEAD', refused(401, '')])
  expect((await failureOf(send())).isPassing).toBe(false)
  expect(whenOver).toHaveBeenCalledOnce()
  await send()
  expect(tus.count('POST')).toBe(1)
})

test('what the server has forgotten begins anew', async () => {
  await cut()
  tus.uploads.clear()
  expect(await send()).toEqual({ file_path: '/files/upload1' })
  expect(tus.asked).toEqual(['POST', 'PATCH', 'HEAD', 'POST', 'PATCH', 'GET'])
})

test('a cut at the last request sends nothing again', async () => {
  tus.faults.push(['GET', 'cut'])
  expect((await failureOf(send())).isPassing).toBe(true)
  expect(await send()).toEqual({ file_path: '/files/upload1' })
  expect(tus.asked).toEqual(['POST', 'PATCH', 'GET', 'HEAD', 'GET'])
  expect(traces()).toEqual([])
})

test('what is given up goes from the server, and from this browser', async () => {
  tus.faults.push(['PATCH', 'hang'])
  const abort = stopped()
  const sending = failureOf(send(abort.signal))
  await vi.waitFor(() => expect(tus.count('PATCH')).toBe(1))
  expect(traces()).toHaveLength(1)
  expect(traces().join()).not.toContain('film')
  abort.abort()
  expect((await sending).code).toBe('cancelled')
  await vi.waitFor(() => expect(tus.asked.at(-1)).toBe('DELETE'))
  expect(tus.tokens.at(-1)).toBe('Bearer mine')
  expect(traces()).toEqual([])
})

test('what is given up once it is whole is left to the server', async () => {
  const abort = stopped()
  await send(abort.signal)
  abort.abort()
  expect(tus.asked).toEqual(['POST', 'PATCH', 'GET'])
})

test('the end of a session leaves what has arrived for the next', async () => {
  tus.faults.push(['PATCH', 'hang'])
  const abort = stopped()
  stores.whenSessionEnds(() => abort.abort())
  const sending = failureOf(send(abort.signal))
  await vi.waitFor(() => expect(tus.count('PATCH')).toBe(1))
  api.setToken(null)
  stores.endSession()
  expect((await sending).code).toBe('cancelled')
  expect(traces()).toHaveLength(1)
  await send()
  expect(tus.asked).toEqual(['POST', 'PATCH', 'HEAD', 'PATCH', 'GET'])
})

test('the same file for two rooms is brought once, as long as one of them wants it', async () => {
  const [one, other] = [stopped(), stopped()]
  tus.faults.push(['PATCH', 'hang'])
  const sendings = [one, other].map(({ signal }) => failureOf(send(signal)))
  await vi.waitFor(() => expect(tus.count('PATCH')).toBe(1))
  one.abort()
  expect((await sendings[0]).code).toBe('cancelled')
  expect(tus.asked).toEqual(['POST', 'PATCH'])
  other.abort()
  await vi.waitFor(() => expect(tus.asked).toEqual(['POST', 'PATCH', 'DELETE']))
  const [first, second] = await Promise.all([send(), send()])
  expect(first).toBe(second)
  expect(tus.count('POST')).toBe(2)
})

test('another tab that takes an upload over is given time, whatever else is said here', async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: 0 })
  tus.faults.push(['PATCH', refused(409, 'upload_taken_over')])
  const failure = await failureOf(send())
  expect([failure.isPassing, failure.retryAfter]).toEqual([true, 30])
  vi.setSystemTime(20_000)
  expect((await failureOf(send())).retryAfter).toBe(10)
  expect(tus.asked).toEqual(['POST', 'PATCH'])
  vi.setSystemTime(30_000)
  await send()
  expect(tus.asked).toEqual(['POST', 'PATCH', 'HEAD', 'PATCH', 'GET'])
})

test('where the browser tells of other tabs, one waits for the other', async () => {
  const held = await otherTab()
  const sending = send()
  await vi.waitFor(() => expect(held.wanted).toHaveLength(1))
  expect(tus.asked).toEqual([])
  held.end()
  expect(await sending).toEqual({ file_path: '/files/upload1' })
})

test('who gives up waiting for another tab has cancelled', async () => {
  const held = await otherTab()
  const abort = stopped()
  const sending = failureOf(send(abort.signal))
  await vi.waitFor(() => expect(held.wanted).toHaveLength(1))
  abort.abort()
  expect((await sending).code).toBe('cancelled')
  held.end()
  expect(tus.asked).toEqual([])
})

/** It holds every lock until its end. */
async function otherTab() {
  const wanted: string[] = []
  let end = () => {}
  const ended = new Promise<void>((resolve) => {
    end = resolve
  })
  const request = async (name: string, { signal }: LockOptions, work: () => Promise<unknown>) => {
    wanted.push(name)
    await ended
    signal?.throwIfAborted()
    return work()
  }
  vi.stubGlobal('navigator', { languages: ['en'], onLine: true, locks: { request } })
  return { wanted, end }
}

test.each([film(), new File(['small'], 'small.txt')])(
  'what is given up while it loads is not sent',
  async (file) => {
    const abort = stopped()
    const sending = failureOf(upload.uploadFile(file, () => {}, abort.signal))
    abort.abort()
    expect((await sending).code).toBe('cancelled')
    expect(tus.asked).toEqual([])
  },
)

test('traces go after a day, or with the guest who left them', async () => {
  const { forgetOldTraces, forgetTraces } = await import('./traces')
  await cut()
  localStorage.setItem('tus::lanchat-1-secret film.mkv', '{}')
  localStorage.setItem(
    'lanchat.upload.here:2.old',
    JSON.stringify({ url: '', at: Date.now() - 25 * 3600_000 }),
  )
  forgetOldTraces()
  expect(traces()).toHaveLength(1)
  forgetTraces('here:2')
  expect(traces()).toHaveLength(1)
  forgetTraces(':')
  expect(traces()).toEqual([])
})
