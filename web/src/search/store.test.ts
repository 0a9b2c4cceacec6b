/** Searching over a network that is slow, late and strict. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { openBrowserAt } from '../../tests/browser'
import { ChatServer, ROOM } from '../../tests/chatServer'
import { openApp } from '../../tests/openApp'
import type { Message } from '../lib/types'

let server: ChatServer
let app: Awaited<ReturnType<typeof open>>

const open = () =>
  openApp(async () => ({
    search: await import('./store'),
    recent: await import('./recent'),
    news: await import('../lib/news'),
  }))

beforeEach(async () => {
  server = new ChatServer()
  openBrowserAt(await server.listen())
  server.finds = (query) =>
    pageOf(server.messages.filter(({ content }) => content.includes(query.get('q') ?? '')))
  app = await open()
  app.search.lookIn(ROOM)
})

afterEach(async () => {
  app.socket.disconnect()
  await server.close()
})

function pageOf(messages: Message[], next_cursor: string | null = null) {
  const room = { id: ROOM, name: 'Room', kind: 'room' }
  const hits = messages.toReversed().map((message) => ({ message, room, highlights: [[0, 4]] }))
  return { hits, next_cursor, suggestion: null, took_ms: 1, complete_from: null }
}

const state = () => app.search.useSearch.getState()
const found = () => state().found?.hits.map(({ message }) => message.content)
const asked = () => server.searches.map((query) => query.get('q'))
const whenFound = (...contents: string[]) => vi.waitFor(() => expect(found()).toEqual(contents))

test('keys that follow each other ask once, for what was typed last, in this room', async () => {
  server.say('word one')
  for (const text of ['w', 'wo', 'wor', 'word']) app.search.type(text)
  await whenFound('word one')
  expect(asked()).toEqual(['word'])
  expect(server.searches[0]?.get('room_id')).toBe(String(ROOM))
  app.search.narrow({ isEverywhere: true, has: 'link' })
  await vi.waitFor(() => expect(server.searches).toHaveLength(2))
  expect(server.searches[1]?.get('room_id')).toBeNull()
  expect(server.searches[1]?.get('has')).toBe('link')
})

test('a filter that is typed stands in its own place, is asked by it, and goes by a key', async () => {
  server.finds = () => pageOf([])
  app.search.type('word from:anna')
  app.search.type('word from:anna in:Room after:2026-11-01 has:link')
  app.search.finishTyping()
  expect(state()).toMatchObject({ text: 'word ', has: 'link', after: '2026-11-01', before: null })
  expect(state().from?.username).toBe('anna')
  await vi.waitFor(() => expect(server.searches).toHaveLength(1))
  const asked = Object.fromEntries(server.searches[0] ?? [])
  expect(asked).toMatchObject({ q: 'word', from: 'anna', has: 'link', after: '2026-11-01' })
  expect(asked.room_id).toBe(String(ROOM))
  for (const name of ['after', 'has', 'from', 'place'] as const) {
    expect(state()[name]).not.toBeNull()
    expect(app.search.dropLastFilter()).toBe(true)
    expect(state()[name]).toBeNull()
  }
  expect(app.search.dropLastFilter()).toBe(false)
})

test('what would be a guess stays as it was typed: a room whose name another one has, a second kind', async () => {
  server.finds = () => pageOf([])
  const { byId } = app.rooms.useRooms.getState()
  app.search.type('has:file ')
  app.search.type('has:image in:Room ')
  expect(state()).toMatchObject({ text: 'has:image ', has: 'file', place: { id: ROOM } })
  app.search.narrow({ place: null })
  const twin = { ...byId[ROOM], id: 77 } as (typeof byId)[number]
  app.rooms.useRooms.setState({ byId: { ...byId, 77: twin } })
  app.search.type('in:Room x')
  expect(state()).toMatchObject({ text: 'in:Room x', place: null })
})

test('asked for by its key in a room, the search looks there, wherever it looked before', async () => {
  server.finds = () => pageOf([])
  app.search.searchEverywhere('word has:file')
  expect(state()).toMatchObject({ text: 'word ', has: 'file', isEverywhere: true })
  await vi.waitFor(() => expect(server.searches).toHaveLength(1))
  expect(server.searches[0]?.get('room_id')).toBeNull()
  app.search.searchHere()
  await vi.waitFor(() => expect(server.searches).toHaveLength(2))
  expect(server.searches[1]?.get('room_id')).toBe(String(ROOM))
})

test('one Latin letter, blanks, and letters of an input method are not asked for; one Chinese character and a filter are', async () => {
  app.search.type('w')
  app.search.type('  ')
  vi.useFakeTimers({ toFake: ['setTimeout'] })
  app.search.type("shu'ju", true)
  expect(vi.getTimerCount()).toBe(0)
  vi.useRealTimers()
  app.search.type('数')
  await vi.waitFor(() => expect(asked()).toEqual(['数']))
  app.search.type('s')
  await vi.waitFor(() => expect(state().found).toBeNull())
  expect(asked()).toEqual(['数'])
  app.search.narrow({ text: '', has: 'file' })
  await vi.waitFor(() => expect(asked()).toEqual(['数', '']))
})

test('an answer that comes after a newer one changes nothing', async () => {
  server.say('early word')
  server.say('late word')
  const shown: unknown[] = []
  app.search.useSearch.subscribe(() => shown.push(found()))
  server.delays = '/api/search/'
  app.search.narrow({ text: 'early' })
  await vi.waitFor(() => expect(server.delayed).toHaveLength(1))
  app.search.narrow({ text: 'late' })
  await vi.waitFor(() => expect(server.delayed).toHaveLength(2))
  server.delayed[1]?.()
  await whenFound('late word')
  server.delayed[0]?.()
  server.delays = null
  app.search.narrow({ text: 'word' })
  await whenFound('late word', 'early word')
  expect(state().isAsking).toBe(false)
  expect(shown).not.toContainEqual(['early word'])
})

test('pages that are empty but go on are followed, and the next are added without doubles', async () => {
  const [first, second, third] = [server.say('word 1'), server.say('word 2'), server.say('word 3')]
  const pages: Record<string, object> = {
    '': pageOf([], 'a'),
    a: pageOf([], 'b'),
    b: pageOf([second, third], 'c'),
    c: pageOf([first, second]),
  }
  server.finds = (query) => pages[query.get('cursor') ?? ''] ?? {}
  app.search.narrow({ text: 'word' })
  await whenFound('word 3', 'word 2')
  await Promise.all([app.search.more(), app.search.more()])
  expect(found()).toEqual(['word 3', 'word 2', 'word 1'])
  expect(server.searches.map((query) => query.get('cursor'))).toEqual([null, 'a', 'b', 'c'])
  await app.search.more()
  expect(server.searches).toHaveLength(4)
})

test('who asks too often waits as long as the server says, and then goes on', async () => {
  const message = server.say('word')
  const refusal = {
    error: { code: 'too_many', message: 'slower', details: { retry_after: 0.2 } },
    detail: '',
  }
  server.finds = () => (server.searches.length === 1 ? refusal : pageOf([message]))
  const began = Date.now()
  app.search.narrow({ text: 'word' })
  await whenFound('word')
  expect(Date.now() - began).toBeGreaterThanOrEqual(200)
  expect(state().problem).toBeNull()
})

test('a failure is told and tried again, and signs alone are no failure', async () => {
  server.finds = () => ({ error: { code: 'storage_full', message: 'no', details: {} }, detail: '' })
  app.search.narrow({ text: 'word' })
  await vi.waitFor(() => expect(state().problem?.code).toBe('storage_full'))
  server.say('word')
  server.finds = () => pageOf(server.messages)
  await app.search.retry()
  expect(found()).toEqual(['word'])
  server.finds = () => ({ error: { code: 'empty_query', message: 'no', details: {} }, detail: '' })
  app.search.narrow({ text: '??' })
  await vi.waitFor(() => expect(state().found).toBeNull())
  expect(state().problem).toBeNull()
})

test('a hit that is taken back vanishes, and one that is edited is shown and asked for anew', async () => {
  const [first, second] = [server.say('word one'), server.say('word two')]
  app.search.narrow({ text: 'word' })
  await whenFound('word two', 'word one')
  server.recall(first)
  await whenFound('word two')
  expect(server.searches).toHaveLength(1)
  server.edit(second, 'a word of mine')
  await whenFound('a word of mine')
  await vi.waitFor(() => expect(server.searches).toHaveLength(2))
  server.edit(second, 'nothing')
  await whenFound()
})

test('what is taken back while the answer is on its way is not shown', async () => {
  const [first] = [server.say('word one'), server.say('word two')]
  const heard: number[] = []
  app.news.onChanged(({ id }) => heard.push(id))
  server.delays = '/api/search/'
  app.search.narrow({ text: 'word' })
  await vi.waitFor(() => expect(server.delayed).toHaveLength(1))
  server.recall(first)
  await vi.waitFor(() => expect(heard).toContain(first.id))
  server.delayed[0]?.()
  await whenFound('word two')
})

test('the last five searches are kept for the account, and none of a guest', async () => {
  for (const text of ['a', 'b', 'c', 'd', 'e', 'f', 'b ']) app.recent.noteSearch(text)
  expect(app.recent.loadRecent()).toEqual(['b', 'f', 'e', 'd', 'c'])
  app.recent.forgetSearch('e')
  expect(JSON.parse(localStorage.getItem('lanchat.searches.here:1') ?? '')).toEqual(['b', 'f', 'd', 'c'])
  app.recent.forgetSearch()
  expect(localStorage.getItem('lanchat.searches.here:1')).toBeNull()
  app.socket.disconnect()
  server.isGuest = true
  app = await open()
  app.search.lookIn(ROOM)
  app.recent.noteSearch('secret')
  expect(app.recent.loadRecent()).toEqual(['secret'])
  expect(localStorage.getItem('lanchat.searches.here:1')).toBeNull()
})
