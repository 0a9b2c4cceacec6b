import { expect, test } from 'vitest'
import { message } from '../../../tests/messages'
import { merge, withinReach } from './merge'

test('pages and live messages merge into one order, without doubles', () => {
  const merged = merge([message(3), message(5)], [message(4), message(3), message(1)])
  expect(merged.map((m) => m.seq)).toEqual([1, 3, 4, 5])
})

test('the later change of a message wins, whichever arrives last', () => {
  const edited = message(1, { content: 'edited', changed_seq: 9 })
  expect(merge([message(1)], [edited])[0]?.content).toBe('edited')
  expect(merge([edited], [message(1)])[0]?.content).toBe('edited')
})

test('what lies before the oldest known message waits for its page, unless there is none before', () => {
  const known = [message(4), message(5)]
  const incoming = [message(2, { changed_seq: 9 }), message(4, { changed_seq: 8 }), message(6)]
  expect(withinReach(incoming, known, true).map((m) => m.seq)).toEqual([4, 6])
  expect(withinReach(incoming, known, false)).toEqual(incoming)
})
