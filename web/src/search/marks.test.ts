/** What a hit shows of its message. */
import { expect, test } from 'vitest'
import type { Message } from '../lib/types'
import { excerpt, type Hit, renewed } from './marks'

const read = (content: string, highlights: number[][]) =>
  excerpt(content, highlights)
    .map(({ text, isFound }) => (isFound ? `[${text}]` : text))
    .join('')

test('what was found is marked, and the signs of Markdown around it are left out', () => {
  expect(read('**see** the `data` base\n- now', [[13, 17]])).toBe('see the [data] base now')
})

test('an excerpt begins near the first place, at a word', () => {
  const text = `${'many words before it '.repeat(20)}the needle here`
  const at = text.indexOf('needle')
  const shown = read(text, [[at, at + 6]])
  expect(shown).toMatch(/^…\w+ .*the \[needle\] here$/)
  expect(shown.length).toBeLessThan(60)
})

test('of Chinese, whose characters are wider, less stands before, and no emoji is cut', () => {
  const text = `${'说'.repeat(100)}数据库`
  expect(read(text, [[100, 103]])).toBe(`…${'说'.repeat(18)}[数据库]`)
  const emoji = `${'😀'.repeat(40)}x`
  expect(read(emoji, [[80, 81]])).toMatch(/^…(😀)+\[x\]$/u)
})

const hit = (content: string, highlights: number[][]) =>
  ({ message: { id: 1, changed_seq: 1, content, is_deleted: false }, highlights, room: { id: 7 } }) as Hit
const now = (edit: Partial<Message>) =>
  ({ id: 1, changed_seq: 2, content: '', is_deleted: false, ...edit }) as Message

test('a hit is marked anew in its new words, and gone where they have nothing of it', () => {
  const before = hit('C++ and Data', [[8, 12]])
  expect(renewed(before, now({ content: 'data, more DATA' }))?.highlights).toEqual([
    [0, 4],
    [11, 15],
  ])
  expect(renewed(before, now({ content: 'nothing' }))).toBeNull()
  expect(renewed(before, now({ is_deleted: true }))).toBeNull()
  expect(renewed(hit('C++ is it', [[0, 3]]), now({ content: 'still C++' }))?.highlights).toEqual([[6, 9]])
})

test('an earlier change changes nothing, and one of a file found by its name keeps it', () => {
  const before = { ...hit('plan.pdf', []), message: { ...hit('plan.pdf', []).message, changed_seq: 5 } }
  expect(renewed(before, now({ content: 'x' }))).toBe(before)
  expect(renewed(hit('plan.pdf', []), now({ content: 'with words' }))?.message.content).toBe('with words')
})
