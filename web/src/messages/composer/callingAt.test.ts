import { expect, test } from 'vitest'
import type { Member } from '../../lib/types'
import { callingAt, candidates } from './callingAt'

test.each([
  ['@', 1, { start: 0, query: '' }],
  ['hi @an', 6, { start: 3, query: 'an' }],
  ['你好@小', 4, { start: 2, query: '小' }],
  ['＠an', 3, { start: 0, query: 'an' }],
  ['(@an and', 4, { start: 1, query: 'an' }],
  ['mail@x', 6, null],
  ['http://x/@an', 12, null],
  ['@an b', 5, null],
  ['an', 2, null],
])('of “%s” with the caret at %i the mention is %o', (text, caret, calling) => {
  expect(callingAt(text, caret)).toEqual(calling)
})

const member = (id: number, username: string, more: Partial<Member> = {}): Member =>
  ({ id, username, display_name: null, initials: null, ...more }) as Member

const members = [
  member(1, 'me'),
  member(2, 'dana'),
  member(3, 'anna'),
  member(4, 'andy'),
  member(5, 'li', { display_name: '小安', initials: 'xa' }),
]
const room = { members, online: { 4: true }, recent: [3], myId: 1, mayCallAll: false }
const names = (query: string, more = {}) =>
  candidates(query, { ...room, ...more }).map((each) => (each === 'all' ? each : each.username))

test('beginnings come before what stands within, those online first and then who wrote lately', () => {
  expect(names('an')).toEqual(['andy', 'anna', 'dana'])
  expect(names('AN', { online: {} })).toEqual(['anna', 'andy', 'dana'])
})

test('Chinese names are found by their characters and by their initials', () => {
  expect(names('小')).toEqual(['li'])
  expect(names('x')).toEqual(['li'])
})

test('what begins so comes before what is only read so, whoever is online', () => {
  const both = [member(6, '安小', { initials: 'ax' }), member(7, 'axel'), member(8, 'max')]
  expect(names('ax', { members: both, online: { 6: true, 8: true } })).toEqual(['axel', '安小', 'max'])
})

test('everybody is offered to who may call them, and at most six', () => {
  expect(names('a', { mayCallAll: true })).toEqual(['andy', 'anna', 'dana', 'all'])
  expect(names('所', { mayCallAll: true })).toEqual(['all'])
  const many = Array.from({ length: 20 }, (_, n) => member(10 + n, `ab${n}`))
  expect(names('a', { members: many })).toHaveLength(6)
  expect(names('a', { members: many, mayCallAll: true }).at(-1)).toBe('all')
})
