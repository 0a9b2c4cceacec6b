import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { openBrowserAt } from '../../tests/browser'

let store: typeof import('./store')

const ROOM = 1
const chosen = (roomId: number) =>
  store.useUploads
    .getState()
    .uploads.filter((upload) => upload.roomId === roomId && upload.state === 'chosen')
const namesIn = (roomId: number) => chosen(roomId).map(({ file }) => file.name)
const file = (name: string) => new File([name], name, { type: 'text/plain' })
const idOf = (name: string) => chosen(ROOM).find((upload) => upload.file.name === name)?.id ?? ''

beforeEach(async () => {
  openBrowserAt(9)
  vi.resetModules()
  store = await import('./store')
  const { useServer } = await import('../host/store')
  useServer.setState({ info: { max_image_bytes: 100, max_file_bytes: 100 } as never })
  store.chooseFiles(2, [file('x'), file('y')])
  store.chooseFiles(ROOM, [file('a'), file('b'), file('c')])
})
afterEach(() => vi.unstubAllGlobals())

test('what is chosen keeps the order that it is put in, each room for itself', () => {
  store.moveUpload(idOf('a'), 1)
  expect(namesIn(ROOM)).toEqual(['b', 'a', 'c'])
  store.moveUpload(idOf('c'), -9)
  expect(namesIn(ROOM)).toEqual(['c', 'b', 'a'])
  store.moveUpload(idOf('c'), 9)
  expect(namesIn(ROOM)).toEqual(['b', 'a', 'c'])
  store.removeUpload(idOf('a'))
  expect(namesIn(ROOM)).toEqual(['b', 'c'])
  expect(namesIn(2)).toEqual(['x', 'y'])
})

test('ten at most are one message, and one whose files were all taken out is told of so', async () => {
  store.chooseFiles(
    ROOM,
    Array.from({ length: 9 }, (_, n) => file(`more${n}`)),
  )
  const told: [number, number][] = []
  await store.sendChosen(ROOM, (attachments, place) => told.push([attachments.length, place]))
  const failed = store.useUploads.getState().uploads.filter(({ roomId }) => roomId === ROOM)
  expect(failed.map(({ state }) => state)).toEqual(Array(12).fill('failed'))
  expect(new Set(failed.slice(0, 10).map(({ batch }) => batch)).size).toBe(1)
  expect(failed[10]?.batch).toBe((failed[0]?.batch ?? 0) + 1)
  expect(told).toEqual([])
  for (const { id } of failed) store.removeUpload(id)
  expect(told).toEqual([
    [0, 0],
    [0, 1],
  ])
})
