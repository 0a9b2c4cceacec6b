import { beforeEach, expect, test } from 'vitest'
import { openBrowserAt } from '../../tests/browser'
import type { Attachment, Message, User } from '../lib/types'
import type { Room } from '../rooms/store'

const room = (id: number, name: string, more: Partial<Room> = {}): Room =>
  ({
    ...{ id, name, initials: null, kind: 'room', role: 'member', members: null, archived: false },
    ...{ created_at: `2026-01-0${id}`, last_message: null },
    ...more,
  }) as Room
const person = (id: number, username: string, initials: string | null = null): User =>
  ({ id, username, display_name: null, initials }) as User

const rooms = [
  room(1, 'Planning'),
  room(2, '安排', { initials: 'ap' }),
  room(3, 'Annual fair'),
  room(4, 'Annex', { role: null }),
  room(5, 'Anything', { role: null, archived: true }),
]
let keys: (typed: string, more?: object) => string[]

beforeEach(async () => {
  openBrowserAt(1)
  const { rowsFor } = await import('./switcherRows')
  const { t } = await import('../lib/i18n')
  keys = (typed, more = {}) =>
    rowsFor(t, typed, { rooms, openId: null, people: [], files: [], ...more }).map(({ key }) => key)
})

test('what begins so comes first, mine before others, then what is read so, then what has it within', () => {
  const people = [person(7, 'Anna'), person(8, 'Joanna'), person(9, '安娜', 'an')]
  expect(keys('an', { people })).toEqual([
    ...['room-3', 'person-7', 'room-4', 'person-9', 'room-1', 'person-8'],
  ])
  expect(keys('ap')).toEqual(['room-2'])
})

test('only a room of mine that begins so is first, whatever is found yet', async () => {
  const { isSurelyFirst, rowsFor } = await import('./switcherRows')
  const { t } = await import('../lib/i18n')
  const isSure = (typed: string, of: Room[]) =>
    isSurelyFirst(t, typed, rowsFor(t, typed, { rooms: of, openId: null, people: [], files: [] })[0])
  expect(isSure('an', [room(3, 'Annual fair')])).toBe(true)
  expect(isSure('an', [room(1, 'Planning')])).toBe(false)
  expect(isSure('an', [room(4, 'Annex', { role: null })])).toBe(false)
  expect(isSure('an', [])).toBe(false)
})

test('before anything is typed my rooms stand by their last message, the open one after them', () => {
  expect(keys('', { openId: 3 })).toEqual(['room-2', 'room-1', 'room-3', 'room-4'])
})

test('files come behind rooms and people, at most five', () => {
  const files = Array.from({ length: 7 }, (_, n) => ({
    attachment: { file_path: `/files/${n}` } as Attachment,
    message: {} as Message,
    room: { id: 1, name: 'x', kind: 'room' },
  }))
  expect(keys('annu', { files })).toEqual(['room-3', ...[0, 1, 2, 3, 4].map((n) => `file-/files/${n}`)])
})
