import { expect, test } from 'vitest'
import { message } from '../../../tests/messages'
import type { Unsent } from '../../lib/outbox'
import type { Message } from '../../lib/types'
import { type Row, toRows } from './rows'

const ME = 1
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

const heads = (all: Row[]) => all.map((row) => ('inGroup' in row ? row.inGroup.isFirst : row.kind))

test('one author within five minutes is one group', () => {
  const all = rows([message(1), message(2, { minute: 4 }), message(3, { minute: 10 })])
  expect(heads(all)).toEqual(['day', true, false, true])
})

test('a group ends where another begins', () => {
  const all = rows([message(1), message(2), message(3, { user_id: 3 })])
  expect(all.map((row) => 'inGroup' in row && row.inGroup.isLast)).toEqual([false, false, true, true])
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

test('what is folded stands in one line, and whoever follows has a head', () => {
  const isFolded = ({ seq }: Message) => seq === 2 || seq === 3
  const all = rows([message(1), message(2), message(3), message(4)], { isFolded })
  expect(heads(all)).toEqual(['day', true, 'folded', true])
  expect(all.flatMap((row) => (row.kind === 'folded' ? row.messages.map(({ seq }) => seq) : []))).toEqual([
    2, 3,
  ])
})
