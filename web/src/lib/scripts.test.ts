import { expect, test } from 'vitest'
import { isFewEmoji, isolated, isVisible } from './scripts'

test.each(['👍', '😀😀😀', '👩‍👩‍👧', '🇨🇳', '❤️', '👍🏽', '1️⃣', '😀 😀'])('%s is shown large', (text) => {
  expect(isFewEmoji(text)).toBe(true)
})

test.each(['', 'a👍', '😀😀😀😀', '1', '©', '123', '你好'])('%s is not', (text) => {
  expect(isFewEmoji(text)).toBe(false)
})

test('what shows nothing is not visible', () => {
  for (const text of ['', ' ', '\u3164', '\u2800', '\u200d', '\ufe0f', '\u034f', '\u00ad'])
    expect(isVisible(text)).toBe(false)
  expect(isVisible('你')).toBe(true)
})

test('names that run from right to left keep to themselves, and no others are touched', () => {
  expect(isolated('שלום')).toBe('\u2068שלום\u2069')
  expect(isolated('Ann')).toBe('Ann')
})
