/** Files by their names: across pages that found nothing yet, and none of whom I blocked. */
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openBrowserAt } from '../../tests/browser'
import { ChatServer, OTHER, ROOM } from '../../tests/chatServer'
import { message } from '../../tests/messages'
import { openApp } from '../../tests/openApp'
import type { Attachment } from '../lib/types'

let server: ChatServer
let app: Awaited<ReturnType<typeof open>>

const open = () =>
  openApp(async () => ({ files: await import('./files'), blocks: await import('../rooms/blocks') }))
const hit = (seq: number, user_id: number, filename: string) => ({
  message: message(seq, { user_id, attachments: [{ filename, file_path: `/files/${seq}` } as Attachment] }),
  room: { id: ROOM, name: 'Room', kind: 'room' },
  highlights: [],
  files: [0],
})

beforeEach(async () => {
  server = new ChatServer()
  openBrowserAt(await server.listen())
  app = await open()
})

afterEach(async () => {
  app.socket.disconnect()
  await server.close()
})

const names = async (isWanted = () => true) =>
  (await app.files.findFiles('plan', isWanted)).map(({ attachment }) => attachment.filename)

test('a page that ends before it found anything is followed by the next, as long as that is wanted', async () => {
  server.finds = (query) => {
    const isFirst = query.get('cursor') === null
    return { hits: isFirst ? [] : [hit(1, OTHER, 'plan.pdf')], next_cursor: isFirst ? 'on' : null }
  }
  expect(await names()).toEqual(['plan.pdf'])
  expect(server.searches.map((query) => query.get('cursor'))).toEqual([null, 'on'])
  expect(await names(() => server.searches.length < 3)).toEqual([])
  expect(server.searches).toHaveLength(3)
  expect(await names(() => false)).toEqual([])
  expect(server.searches).toHaveLength(3)
})

test('of whom I blocked no file is offered', async () => {
  server.blocked = [{ id: OTHER }]
  await app.blocks.loadBlocked()
  server.finds = () => ({ hits: [hit(1, OTHER, 'plan.pdf'), hit(2, 9, 'plans.pdf')], next_cursor: null })
  expect(await names()).toEqual(['plans.pdf'])
})
