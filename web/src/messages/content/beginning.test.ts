import { expect, test } from 'vitest'
import { beginningOf, NARROW, WIDE } from './beginning'

const lines = (count: number, line = 'words'): string => Array<string>(count).fill(line).join('\n')

test('thirty lines are shown as a whole, and of more the first twenty', () => {
  expect(beginningOf(lines(30), WIDE)).toBeNull()
  expect(beginningOf(lines(31), WIDE)).toBe(lines(20))
  expect(beginningOf('', WIDE)).toBeNull()
})

test('a line is as many as it takes, and on a phone more', () => {
  const long = lines(16, 'x'.repeat(WIDE))
  expect(beginningOf(long, WIDE)).toBeNull()
  expect(beginningOf(long, NARROW)?.split('\n')).toHaveLength(7)
  const chinese = lines(16, '字'.repeat(WIDE))
  expect(beginningOf(chinese, WIDE)).toHaveLength(10 * WIDE + 9)
})

test('one endless line ends between two words, and is no half of a character', () => {
  const found = beginningOf('some words '.repeat(600), WIDE) ?? ''
  expect(found).toMatch(/ (some|words)$/)
  expect(Math.abs(found.length - 20 * WIDE)).toBeLessThan(24)
  expect(beginningOf('😀'.repeat(5_000), WIDE)).toMatch(/^(😀)+$/u)
  expect(beginningOf('x'.repeat(9_000), WIDE)).toHaveLength(20 * WIDE)
})

test.each(['```python', '-', '> ', '##', '12.', '~~~'])('%j at its end is left to the rest', (form) => {
  expect(beginningOf(`${lines(19)}\n${form}\n${lines(30)}`, WIDE)).toBe(lines(19))
})
