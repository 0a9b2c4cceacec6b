import { expect, test } from 'vitest'
import { charactersBeyond, charactersIn } from './text'

test('an emoji counts as the one character that the server sees in it', () => {
  expect(charactersIn('a😀b')).toBe(3)
  expect(charactersBeyond('😀'.repeat(6_000), 10_000)).toBe(0)
  expect(charactersBeyond('😀'.repeat(10_002), 10_000)).toBe(2)
  expect(charactersBeyond('é'.repeat(10), 9)).toBe(1)
})
