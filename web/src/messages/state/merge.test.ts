import { expect, test } from 'vitest'
import { message } from '../../../tests/messages'
import { merge, unbrokenTo } from './merge'

test('pages and live messages merge into one order, without doubles', () => {
  const merged = merge([message(3), message(5)], [message(4), message(3), message(1)])
  expect(merged.map((m) => m.seq)).toEqual([1, 3, 4, 5])
})

test('the later change of a message wins, whichever arrives last', () => {
  const edited = message(1, { content: 'edited', changed_seq: 9 })
  expect(merge([message(1)], [edited])[0]?.content).toBe('edited')
  expect(merge([edited], [message(1)])[0]?.content).toBe('edited')
})

test('a gap ends the unbroken run', () => {
  expect(unbrokenTo([message(4), message(5), message(7)], 3)).toBe(5)
})
