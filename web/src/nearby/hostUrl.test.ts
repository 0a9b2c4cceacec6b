/** How a device is led to the hosts nearby. */
import { afterEach, expect, test, vi } from 'vitest'
import { wayTo } from './hostUrl'

const URLS = ['http://lanchat-2.local:8000', 'http://192.168.1.9:8000', 'http://[fd77::9]:8000']

afterEach(() => vi.unstubAllGlobals())

test.each([
  ['http://lanchat.local:8000/', URLS, URLS[0]],
  ['http://192.168.1.5:8000/', URLS, URLS[1]],
  ['http://192.168.1.5:8000/', URLS.slice(0, 1), URLS[0]],
])('from %s a host nearby is opened as this one was', (page, urls, expected) => {
  vi.stubGlobal('location', new URL(page))
  expect(wayTo({ name: 'Room 3.2', urls, online: 0, is_doubtful: false })).toBe(expected)
})
