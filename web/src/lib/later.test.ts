import { expect, test, vi } from 'vitest'
import { later, loadRest } from './later'

test('a part that does not come is asked for until it does, and then the next one', async () => {
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
