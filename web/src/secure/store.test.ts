import { beforeAll, expect, test, vi } from 'vitest'
import { openBrowserAt } from '../../tests/browser'

openBrowserAt(80)
const { secureOrigin, systemOf } = await import('./store')
const { useServer } = await import('../host/store')

beforeAll(() => {
  useServer.setState({ info: { https_port: 8443 } as never })
})

const system = (userAgent: string, maxTouchPoints = 0) => systemOf({ userAgent, maxTouchPoints })

test('the steps that come first are those of the device in front of us', () => {
  const chrome = 'AppleWebKit/537.36 (KHTML, like Gecko) Chrome/150.0.0.0 Safari/537.36'
  expect(system(`Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${chrome}`)).toBe('windows')
  expect(system(`Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) ${chrome}`)).toBe('macos')
  expect(system(`Mozilla/5.0 (X11; Linux x86_64) ${chrome}`)).toBe('linux')
  expect(system(`Mozilla/5.0 (Linux; Android 15; Pixel 9) ${chrome}`)).toBe('android')
  expect(system('Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) FxiOS/140.0 Safari/604.1')).toBe(
    'ios',
  )
})

test('an iPad that poses as a Mac is known by its touch screen', () => {
  expect(system('Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) Version/18.0 Safari/605.1.15', 5)).toBe(
    'ios',
  )
})

test('Firefox has steps of its own, but on a phone', () => {
  expect(system('Mozilla/5.0 (Windows NT 10.0; rv:140.0) Gecko/20100101 Firefox/140.0')).toBe('firefox')
  expect(system('Mozilla/5.0 (Android 15; Mobile; rv:140.0) Gecko/140.0 Firefox/140.0')).toBe('android')
})

test.each([
  ['http://192.168.1.5:8000', 'https://192.168.1.5:8443'],
  ['http://[fd00::5]:8000', 'https://[fd00::5]:8443'],
  ['http://lanchat.local:8000', 'https://lanchat.local:8443'],
  ['http://anns-pc:8000', 'https://anns-pc.local:8443'],
  ['http://localhost:8000', 'https://localhost:8443'],
])('from %s the secure address is %s', (page, origin) => {
  vi.stubGlobal('location', new URL(page))
  expect(secureOrigin()).toBe(origin)
})

test('a host without HTTPS has no secure address', () => {
  useServer.setState({ info: { https_port: null } as never })
  expect(secureOrigin()).toBeNull()
})
