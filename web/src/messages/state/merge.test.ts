import { expect, test } from 'vitest'
import { message } from '../../../tests/messages'
import { quoteOf } from '../../lib/quote'
import { merge, withinReach, withQuotes } from './merge'

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
  expect(withinReach(incoming, known, { hasOlder: true, hasNewer: false }).map((m) => m.seq)).toEqual([4, 6])
  expect(withinReach(incoming, known, { hasOlder: false, hasNewer: false })).toEqual(incoming)
})

test('nor does what lies behind the newest one that was opened around a message', () => {
  const known = [message(4), message(6)]
  const incoming = [message(3), message(5), message(6, { changed_seq: 9 }), message(7)]
  const within = withinReach(incoming, known, { hasOlder: true, hasNewer: true })
  expect(within.map((m) => m.seq)).toEqual([5, 6])
})

test('quotes of a message are as it is now, but for words that a room hides', () => {
  const reply = message(2, { reply_to_id: 1, reply_to: quoteOf(message(1)), thread_id: 1 })
  const hidden = { ...reply, id: 3, seq: 3, reply_to: { ...quoteOf(message(1)), content: '' } }
  const edited = message(1, { content: 'x'.repeat(300), changed_seq: 9 })
  const [first, second] = withQuotes([reply, hidden], edited)
  expect([first?.reply_to?.content, second?.reply_to?.content]).toEqual(['x'.repeat(200), ''])
  const gone = message(1, { content: '', is_deleted: true, changed_seq: 10 })
  expect(withQuotes([reply], gone)[0]?.reply_to?.is_deleted).toBe(true)
  const others = [reply]
  expect(withQuotes(others, message(7))).toBe(others)
})
