/** What a message with files says of itself while they are on their way, and when they stop. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { openBrowserAt } from '../../tests/browser'
import type { Attachment } from '../lib/types'
import type { Progress } from './upload'

interface Begun {
  tell: (progress: Progress) => void
  signal: AbortSignal
  finish: () => void
}

const MB = 1_000_000
const file = () => new File([new Uint8Array(10 * MB)], 'film.mkv')
const wanted = async () => true

let begun: Begun[]
let waiting: typeof import('./waiting')

beforeEach(async () => {
  openBrowserAt(9)
  vi.useFakeTimers({ toFake: ['Date'], now: 0 })
  vi.resetModules()
  begun = []
  vi.doMock('./upload', () => ({
    isLarge: () => true,
    uploadFile: (_: File, tell: Begun['tell'], signal: AbortSignal) =>
      new Promise<Attachment>((resolve) => {
        begun.push({ tell, signal, finish: () => resolve({} as Attachment) })
      }),
  }))
  waiting = await import('./waiting')
})
afterEach(() => {
  vi.useRealTimers()
  vi.doUnmock('./upload')
  vi.unstubAllGlobals()
})

const said = () => waiting.useProgress.getState().byMessage.one
const nth = (index: number) => vi.waitUntil(() => begun[index])

test('the speed is of what this page sends, and not of what had arrived before', async () => {
  void waiting.uploadWaiting('one', [file(), file()], wanted)
  const first = await nth(0)
  vi.setSystemTime(1_000)
  first.tell({ sent: 8 * MB, total: 10 * MB })
  expect(said()).toEqual({ percent: 40, speed: null, left: null })
  vi.setSystemTime(5_000)
  first.tell({ sent: 10 * MB, total: 10 * MB })
  expect(said()).toEqual({ percent: 50, speed: MB / 2, left: 20 })
  first.finish()
  const second = await nth(1)
  vi.setSystemTime(5_000) // the waiting took some
  second.tell({ sent: 6 * MB, total: 10 * MB })
  expect(said()).toEqual({ percent: 80, speed: MB / 2, left: 8 })
})

test('a message that is given up sends no further file', async () => {
  const sending = waiting.uploadWaiting('one', [file(), file()], wanted).catch((reason) => reason.code)
  const first = await nth(0)
  waiting.stopUploading('one')
  expect(first.signal.aborted).toBe(true)
  first.finish() // that was on its way already
  expect(await sending).toBe('cancelled')
  expect(begun).toHaveLength(1)
  expect(said()).toBeUndefined()
})

test('what another tab has taken back is not begun', async () => {
  const sending = waiting.uploadWaiting('one', [file()], async () => false).catch((reason) => reason.code)
  expect(await sending).toBe('cancelled')
  expect(begun).toEqual([])
})

test('of two tabs one brings a message, and the other goes on if that one leaves it', async () => {
  const held = new Map<string, Promise<unknown>>()
  const request = (name: string, _: LockOptions, work: () => Promise<unknown>) => {
    const mine = (held.get(name) ?? Promise.resolve()).then(work)
    held.set(name, mine)
    return mine
  }
  vi.stubGlobal('navigator', { languages: ['en'], locks: { request } })
  const here = waiting.uploadWaiting('one', [file()], wanted)
  const first = await nth(0)
  vi.resetModules()
  const other = await import('./waiting')
  const asked = vi.fn(wanted)
  void other.uploadWaiting('one', [file()], asked)
  first.finish()
  await here
  expect(asked).not.toHaveBeenCalled()
  waiting.letOthers('one')
  await nth(1)
  expect(asked).toHaveBeenCalledOnce()
})
