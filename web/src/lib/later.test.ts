import { beforeAll, expect, test, vi } from 'vitest'
import { openBrowserAt } from '../../tests/browser'

beforeAll(() => openBrowserAt(0))

test('a part that does not come while the host is away is asked for until it does, and then the next one', async () => {
  const { later, loadRest } = await import('./later')
  const { useConnection } = await import('./socket')
  useConnection.setState({ downSince: 1 })
  vi.useFakeTimers()
  const asked: string[] = []
  later(async () => {
    asked.push('first')
    if (asked.length < 3) throw new TypeError('Failed to fetch dynamically imported module')
    return { default: () => null }
  })
  later(async () => {
    asked.push('second')
    return { default: () => null }
  })

  loadRest()
  expect(asked).toEqual([])
  await vi.runAllTimersAsync()
  expect(asked).toEqual(['first', 'first', 'first', 'second'])
  vi.useRealTimers()
})

test('a host that is there and has the part no more is asked once again, and the next one loads', async () => {
  const { later, loadRest } = await import('./later')
  const { useConnection } = await import('./socket')
  useConnection.setState({ downSince: null })
  vi.stubGlobal('fetch', async () => new Response())
  vi.useFakeTimers()
  const asked: string[] = []
  later(async () => {
    asked.push('gone')
    throw new TypeError('Failed to fetch dynamically imported module')
  })
  later(async () => {
    asked.push('next')
    return { default: () => null }
  })
  loadRest()
  await vi.runAllTimersAsync()
  expect(asked).toEqual(['gone', 'gone', 'next'])
  vi.useRealTimers()
})

test('a host that is not known to be away yet is asked for all the same until it comes', async () => {
  const { later, loadRest } = await import('./later')
  const { useConnection } = await import('./socket')
  useConnection.setState({ downSince: null })
  vi.stubGlobal('fetch', () => Promise.reject(new TypeError('Failed to fetch')))
  vi.useFakeTimers()
  let asked = 0
  later(async () => {
    asked += 1
    if (asked < 3) throw new TypeError('Failed to fetch dynamically imported module')
    return { default: () => null }
  })
  loadRest()
  await vi.runAllTimersAsync()
  expect(asked).toBe(3)
  vi.useRealTimers()
})
