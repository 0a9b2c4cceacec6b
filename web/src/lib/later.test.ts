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
