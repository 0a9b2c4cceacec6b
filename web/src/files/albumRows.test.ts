import { expect, test } from 'vitest'
import { albumRatio, albumRows, tileSpans } from './albumRows'

test('every picture of an album has a place, and rows are full', () => {
  for (let count = 2; count <= 12; count += 1) {
    expect(albumRows(count).reduce((sum, tiles) => sum + tiles, 0)).toBe(count)
    expect(tileSpans(count)).toHaveLength(count)
    expect(albumRatio(count)).toBeGreaterThan(0.4)
    expect(albumRatio(count)).toBeLessThanOrEqual(2)
  }
  expect(tileSpans(5)).toEqual([3, 3, 2, 2, 2])
})
