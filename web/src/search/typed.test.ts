import { expect, test } from 'vitest'
import { takeFilters } from './typed'

const placeCalled = (name: string) => (name === '工坊' ? { id: 5, name } : null)

test.each([
  ['lathe from:anna ', { text: 'lathe ', from: 'anna' }],
  ['from:"Anna B" lathe', { text: 'lathe', from: 'Anna B' }],
  [
    'has:FILE before:2026-11-01 after：2026-10-01 x',
    { text: 'x', has: 'file', before: '2026-11-01', after: '2026-10-01' },
  ],
  ['in:工坊 数据', { text: '数据', place: { id: 5, name: '工坊' } }],
  ['in:nowhere 数据', { text: 'in:nowhere 数据' }],
  ['lathe from:anna', { text: 'lathe from:anna' }],
  ['from:"Anna ', { text: 'from:"Anna ' }],
  ['has:everything before:2026-02-30 x', { text: 'has:everything before:2026-02-30 x' }],
  ['has:file has:image x', { text: 'has:image x', has: 'file' }],
  ['-from:anna mail:x ', { text: '-from:anna mail:x ' }],
  ['"said from:anna now" x', { text: '"said from:anna now" x' }],
  ['"said from:anna ', { text: '"said from:anna ' }],
])('of “%s” %j remains', (typed, taken) => {
  expect(takeFilters(typed, placeCalled)).toEqual(taken)
})

test('at the end a filter is whole as soon as one is done', () => {
  expect(takeFilters('lathe from:anna', placeCalled, true)).toEqual({ text: 'lathe ', from: 'anna' })
  expect(takeFilters('has:link', placeCalled, true)).toEqual({ text: '', has: 'link' })
})
