import { beforeAll, expect, test } from 'vitest'
import { openBrowserAt } from '../../tests/browser'

openBrowserAt(80)
const { setLanguage, startI18n } = await import('./i18n')
const { dayAndTime, dayName, fileSize, shortWhen } = await import('./format')

beforeAll(startI18n)

test('days are named from where the reader stands', async () => {
  await setLanguage('en')
  const now = new Date(2024, 4, 15, 0, 30)
  expect(dayName(new Date(2024, 4, 15, 0, 1).toISOString(), now)).toBe('Today')
  expect(dayName(new Date(2024, 4, 14, 23, 59).toISOString(), now)).toBe('Yesterday')
  expect(dayName(new Date(2023, 4, 1, 12).toISOString(), now)).toContain('2023')
  expect(shortWhen(new Date(2024, 4, 13, 12).toISOString(), now)).toBe('Mon')
})

test('a moment to come is told with as much of its day as it needs', async () => {
  await setLanguage('en')
  const now = new Date(2024, 4, 15, 0, 30)
  expect(dayAndTime(new Date(2024, 4, 15, 23, 5).toISOString(), now)).toBe('23:05')
  expect(dayAndTime(new Date(2024, 4, 16, 7, 5).toISOString(), now)).toBe('May 16, 07:05')
  expect(dayAndTime(new Date(2025, 0, 1, 7, 5).toISOString(), now)).toContain('2025')
})

test('sizes are short', () => {
  expect(fileSize(0)).toBe('0 B')
  expect(fileSize(1536)).toBe('1.5 KB')
  expect(fileSize(10 * 1024 * 1024)).toBe('10 MB')
})
