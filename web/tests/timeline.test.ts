import { expect, test } from 'vitest'
import type { Unsent } from '../src/lib/outbox'
import type { Message } from '../src/lib/types'
import { merge, type Row, toRows, unbrokenTo } from '../src/messages/timeline'

const ME = 1
const START = Date.parse('2024-05-01T10:00:00Z')

function message(seq: number, edit: Partial<Message> & { minute?: number } = {}): Message {
  const { minute = 0, ...rest } = edit
  return {
    ...{
      id: seq,
      seq,
      changed_seq: seq,
      content: `m${seq}`,
      message_type: 'text',
      user_id: 2,
      username: 'li',
    },
    ...{ timestamp: new Date(START + minute * 60_000).toISOString(), room_id: 1, is_deleted: false },
    ...{ client_id: null, attachment: null, reply_to_id: null, avatar_url: null, edited_at: null },
    ...rest,
  }
}

const unsent: Unsent = {
  ...{
    client_id: 'c',
    owner: 'here:1',
    room_id: 1,
    content: 'on its way',
    message_type: 'text',
    attachment: null,
  },
  ...{ written_at: '2024-05-01T10:00:00Z', order: 1, error: null },
}

const rows = (messages: Message[], more: Partial<Parameters<typeof toRows>[0]> = {}): Row[] =>
  toRows({ messages, unsent: [], myId: ME, newAfter: null, ...more })

const heads = (all: Row[]) => all.map((row) => ('place' in row ? row.place.isFirst : row.kind))

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

test('one author within five minutes is one group', () => {
  const all = rows([message(1), message(2, { minute: 4 }), message(3, { minute: 10 })])
  expect(heads(all)).toEqual(['day', true, false, true])
})

test('a group ends where another begins', () => {
  const all = rows([message(1), message(2), message(3, { user_id: 3 })])
  expect(all.map((row) => 'place' in row && row.place.isLast)).toEqual([false, false, true, true])
})

test('another author starts a group', () => {
  expect(heads(rows([message(1), message(2, { user_id: 3 })]))).toEqual(['day', true, true])
})

test('another day gets its own line', () => {
  const all = rows([message(1), message(2, { minute: 26 * 60 })])
  expect(heads(all)).toEqual(['day', true, 'day', true])
})

test('the line "New" stands before the first unread message of others', () => {
  const all = rows([message(1), message(2, { user_id: ME }), message(3)], { newAfter: 1 })
  expect(heads(all)).toEqual(['day', true, true, 'new', true])
})

test('without unread messages there is no line', () => {
  expect(heads(rows([message(1)], { newAfter: 1 }))).toEqual(['day', true])
})

test('an unsent message keeps its key when it is sent', () => {
  const before = rows([], { unsent: [unsent] }).at(-1)
  const after = rows([message(1, { user_id: ME, client_id: 'c' })]).at(-1)
  expect(before?.key).toBe(after?.key)
})
