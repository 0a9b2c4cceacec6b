import { expect, test } from 'vitest'
import { tabIcon, tabTitle } from './titleAndIcon'

const HOST = { name: "Ann's PC", installation_id: 'here' }

test('a tab says what is unread, where it is, and whose host it shows', () => {
  expect(tabTitle(null, undefined, 0)).toBe('LanChat')
  expect(tabTitle(HOST, undefined, 0)).toBe("Ann's PC · LanChat")
  expect(tabTitle(HOST, 'Garden', 3)).toBe("(3) Garden · Ann's PC · LanChat")
  expect(tabTitle(HOST, 'Garden', 1000)).toContain('(99+) ')
})

const drawn = (...of: Parameters<typeof tabIcon>) =>
  decodeURIComponent(tabIcon(...of).slice('data:image/svg+xml,'.length))

test('its icon carries the initial of the host, and a dot while something is unread', () => {
  expect(drawn(HOST, 0)).toContain('>A</text>')
  expect(drawn({ ...HOST, name: '  老王的电脑' }, 0)).toContain('>老</text>')
  expect(drawn(HOST, 1)).toContain('<circle')
  expect(drawn(HOST, 0)).not.toContain('<circle')
  const colours = [drawn(HOST, 1), drawn(HOST, 1, true)].map(
    (icon) => /<circle[^>]*fill="(.*?)"/.exec(icon)?.[1],
  )
  expect(colours[0]).not.toBe(colours[1])
})

test('a name is text, whatever it begins with', () => {
  expect(drawn({ ...HOST, name: '<script>' }, 0)).toContain('>&#60;</text>')
})

test('hosts differ in colour', () => {
  const colours = ['a', 'b', 'c'].map((installation_id) =>
    drawn({ name: 'X', installation_id }, 0).slice(0, 140),
  )
  expect(new Set(colours).size).toBe(3)
})
