/** How often the server is asked. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { hold, myTurn, startAnew } from './pace'

const wanted = () => true

beforeEach(() => {
  vi.useFakeTimers()
  startAnew()
})
afterEach(() => {
  vi.useRealTimers()
})

test('twenty questions go at once, and the next when ten seconds have passed since the first', async () => {
  for (let n = 0; n < 20; n += 1) expect(await myTurn(wanted)).toBe(true)
  let came = 0
  for (let n = 0; n < 2; n += 1) void myTurn(wanted).then(() => (came += 1))
  await vi.advanceTimersByTimeAsync(9_990)
  expect(came).toBe(0)
  await vi.advanceTimersByTimeAsync(20)
  expect(came).toBe(2)
})

test('what nobody wants any more takes nobody’s turn', async () => {
  for (let n = 0; n < 19; n += 1) await myTurn(wanted)
  expect(await myTurn(() => false)).toBe(false)
  expect(await myTurn(wanted)).toBe(true)
})

test('after a refusal nobody asks for as long as it says', async () => {
  hold(3)
  let isTurn = false
  void myTurn(wanted).then((is) => {
    isTurn = is
  })
  await vi.advanceTimersByTimeAsync(2_990)
  expect(isTurn).toBe(false)
  await vi.advanceTimersByTimeAsync(20)
  expect(isTurn).toBe(true)
})
