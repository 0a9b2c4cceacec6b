/** What becomes of a message whose files are on their way when something happens to it. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { openBrowserAt } from '../../../tests/browser'
import { ChatServer, ROOM } from '../../../tests/chatServer'
import { openApp } from '../../../tests/openApp'
import type { Attachment } from '../../lib/types'

interface Begun {
  signal: AbortSignal
  finish: () => void
  fail: (code: string) => void
}

let server: ChatServer
let app: Awaited<ReturnType<typeof open>>
let begun: Begun[]

async function open() {
  return openApp(async () => {
    const { ChatError } = await import('../../lib/errors')
    vi.doMock('../../files/upload', () => ({
      isLarge: ({ size }: File) => size > 10,
      uploadFile: (_: File, __: unknown, signal: AbortSignal) =>
        new Promise((resolve, reject) => {
          const finish = () => resolve({ file_path: '/files/a' } as Attachment)
          begun.push({ signal, finish, fail: (code) => reject(new ChatError({ code, message: '' }, 413)) })
        }),
    }))
    const { outbox } = await import('../../lib/outbox')
    const { endSession } = await import('../../lib/stores')
    return { sending: await import('./sending'), outbox: await outbox(), endSession }
  })
}

beforeEach(async () => {
  begun = []
  server = new ChatServer()
  openBrowserAt(await server.listen())
  vi.stubGlobal('URL', Object.assign(URL, { createObjectURL: () => 'blob:', revokeObjectURL: () => {} }))
  app = await open()
})

afterEach(async () => {
  app.socket.disconnect()
  vi.doUnmock('../../files/upload')
  await server.close()
})

const unsent = () => app.sending.useSending.getState().unsent
const kept = () => app.outbox.all('here:1')
const nth = (index: number) => vi.waitUntil(() => begun[index])

/** Small ones are brought where they are said, large ones beside. */
const SIZES = [1, 20]

async function begin(size: number) {
  app.sending.keepFiles(ROOM, [new File([new Uint8Array(size)], 'a')], 'look')
  const upload = await nth(0)
  const entry = await vi.waitUntil(() => unsent()[0])
  return { upload, entry }
}

/** Whatever was to be said before it has been. */
async function expectOnly(content: string) {
  app.sending.send(ROOM, content)
  await vi.waitFor(() => expect(server.received.map((draft) => draft.content)).toEqual([content]))
}

test.each(SIZES)('files of %i bytes are sent once they are there', async (size) => {
  const { upload } = await begin(size)
  upload.finish()
  await vi.waitFor(() => expect(server.received.map((draft) => draft.content)).toEqual(['look']))
  await vi.waitFor(async () => expect([unsent(), await kept()]).toEqual([[], []]))
})

test.each(SIZES)('what is taken back while its %i bytes arrive is not sent', async (size) => {
  const { upload, entry } = await begin(size)
  await app.sending.discard(entry)
  upload.finish()
  await expectOnly('after')
})

test.each(SIZES)('what another tab takes back while its %i bytes arrive is not sent', async (size) => {
  const { upload, entry } = await begin(size)
  await app.outbox.remove(entry.client_id)
  upload.finish()
  await expectOnly('after')
  expect(unsent()).toEqual([])
})

test('an upload ends at once where another tab takes the message back', async () => {
  const { upload, entry } = await begin(20)
  const told = (key: string) =>
    dispatchEvent(Object.assign(new Event('storage'), { key, newValue: entry.client_id }))
  told('lanchat.draft.')
  expect(unsent()).toHaveLength(1)
  told('lanchat.gone')
  await vi.waitFor(() => expect(upload.signal.aborted).toBe(true))
  await vi.waitFor(async () => expect([unsent(), await kept()]).toEqual([[], []]))
  expect(localStorage.getItem('lanchat.gone')).toBeNull()
})

test.each(SIZES)('what is taken back does not come back by a refusal of its %i bytes', async (size) => {
  const { upload, entry } = await begin(size)
  await app.sending.discard(entry)
  upload.fail('too_large')
  await expectOnly('after')
  expect(await kept()).toEqual([])
})

test.each(['too_large', 'session_over'])('%s ends an upload, and only a refusal is kept', async (code) => {
  const { upload, entry } = await begin(1)
  if (code === 'session_over') app.endSession()
  upload.fail(code)
  const error = code === 'too_large' ? code : undefined
  await vi.waitFor(async () => expect((await kept()).map(({ error }) => error?.code)).toEqual([error]))
  expect((await kept())[0]?.client_id).toBe(entry.client_id)
})
