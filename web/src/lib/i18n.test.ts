import { beforeAll, expect, test } from 'vitest'
import { openBrowserAt } from '../../tests/browser'

openBrowserAt(80)
const { pickLanguage, setLanguage, startI18n, t } = await import('./i18n')

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
