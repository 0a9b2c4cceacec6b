import { expect, test } from 'vitest'
import { giveUp, hear, isBehind, placeAt, reach } from './place'

const birth = (seq: number) => ({ seq, changed_seq: seq })
const change = (seq: number, changed_seq: number) => ({ seq, changed_seq })

test('a change advances the place as a message does', () => {
  const place = placeAt(0)
  expect(hear(place, birth(1))).toBe('added')
  expect(hear(place, change(1, 2))).toBe('changed')
  expect(hear(place, birth(3))).toBe('added')
  expect(place.at).toBe(3)
  expect(isBehind(place)).toBe(false)
})

test('what was heard is a repeat, also where something before it is missing', () => {
  const place = placeAt(4)
  expect(hear(place, birth(4))).toBeNull()
  expect(hear(place, birth(6))).toBe('added')
  expect(hear(place, birth(6))).toBeNull()
})

test('a gap holds the place until it is filled', () => {
  const place = placeAt(4)
  hear(place, birth(6))
  expect([place.at, isBehind(place)]).toEqual([4, true])
  expect(hear(place, birth(5))).toBe('added')
  expect([place.at, isBehind(place)]).toEqual([6, false])
})

test('a message whose change comes before its birth is added once', () => {
  const place = placeAt(4)
  expect(hear(place, change(5, 6))).toBe('added')
  expect(hear(place, birth(5))).toBe('changed')
  expect(place.at).toBe(6)
})

test('without a place only a birth is known to be new, and nothing to be missing', () => {
  const place = placeAt(null)
  expect(hear(place, birth(90))).toBe('added')
  expect(hear(place, change(3, 92))).toBe('changed')
  expect(isBehind(place)).toBe(false)
  reach(place, 90)
  expect([place.at, isBehind(place)]).toEqual([90, true])
  expect(hear(place, birth(91))).toBe('added')
  expect(place.at).toBe(92)
})

test('what a sync brings in bulk leaves no gap behind', () => {
  const place = placeAt(2)
  hear(place, birth(9))
  reach(place, 8)
  expect([place.at, isBehind(place)]).toEqual([9, false])
})

test('a message that was changed behind the end of a page of a sync is new on the next', () => {
  const place = placeAt(2)
  hear(place, birth(4))
  reach(place, 4, true)
  expect(hear(place, change(3, 5))).toBe('added')
  expect(hear(place, change(4, 6))).toBe('changed')
  reach(place, 6)
  expect(hear(place, change(3, 7))).toBe('changed')
  expect([place.at, place.born.size, isBehind(place)]).toEqual([7, 0, false])
})

test('numbers that lead nowhere are given up', () => {
  const place = placeAt(2)
  hear(place, birth(9))
  giveUp(place)
  expect([place.at, isBehind(place)]).toEqual([2, false])
})
