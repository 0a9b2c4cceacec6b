import { beforeAll, expect, test } from 'vitest'
import { openBrowserAt } from './browser'

openBrowserAt(80)
const { pickLanguage, setLanguage, startI18n, t } = await import('../src/lib/i18n')
const { dayName, fileSize, shortWhen } = await import('../src/lib/time')
const { newClientId } = await import('../src/lib/ids')
const { ChatError } = await import('../src/lib/errors')

beforeAll(startI18n)

test('the first language that we speak is taken', () => {
  expect(pickLanguage(['fr', 'zh-TW', 'en'])).toBe('zh-CN')
  expect(pickLanguage(['de', 'en-GB', 'zh'])).toBe('en')
  expect(pickLanguage(['ja'])).toBe('en')
})

test('languages switch without a reload, plurals included', async () => {
  await setLanguage('en')
  expect(t('rooms.members', { count: 1 })).toBe('1 member')
  await setLanguage('zh-CN')
  expect(t('rooms.members', { count: 1 })).toBe('1 位成员')
})

test('days are named from where the reader stands', async () => {
  await setLanguage('en')
  const now = new Date(2024, 4, 15, 0, 30)
  expect(dayName(new Date(2024, 4, 15, 0, 1).toISOString(), now)).toBe('Today')
  expect(dayName(new Date(2024, 4, 14, 23, 59).toISOString(), now)).toBe('Yesterday')
  expect(dayName(new Date(2023, 4, 1, 12).toISOString(), now)).toContain('2023')
  expect(shortWhen(new Date(2024, 4, 13, 12).toISOString(), now)).toBe('Mon')
})

test('sizes are short', () => {
  expect(fileSize(0)).toBe('0 B')
  expect(fileSize(1536)).toBe('1.5 KB')
  expect(fileSize(10 * 1024 * 1024)).toBe('10 MB')
})

test('client ids have the shape that the server takes, and do not repeat', () => {
  const ids = Array.from({ length: 500 }, newClientId)
  expect(ids.every((id) => /^[A-Za-z0-9_-]{1,64}$/.test(id))).toBe(true)
  expect(new Set(ids).size).toBe(500)
})

test('only what may succeed later is tried again', () => {
  const isPassing = (code: string, status = 0) => new ChatError({ code, message: '' }, status).isPassing
  expect(isPassing('no_connection')).toBe(true)
  expect(isPassing('too_many', 429)).toBe(true)
  expect(isPassing('muted')).toBe(false)
  expect(isPassing('storage_full', 507)).toBe(false)
})
