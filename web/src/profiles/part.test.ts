import { expect, test } from 'vitest'
import { MAX_ZOOM, middle, sideOf, within } from './part'

const WIDE = { width: 900, height: 300 }

test('a picture begins with its middle, as large as it fits', () => {
  expect(middle(WIDE)).toEqual({ zoom: 1, x: 450, y: 150 })
  expect(sideOf(WIDE, 1)).toBe(300)
  expect(within(WIDE, middle(WIDE))).toEqual(middle(WIDE))
})

test('no part reaches beyond the picture', () => {
  expect(within(WIDE, { zoom: 1, x: -50, y: 9999 })).toEqual({ zoom: 1, x: 150, y: 150 })
  expect(within(WIDE, { zoom: 2, x: 9999, y: 0 })).toEqual({ zoom: 2, x: 825, y: 75 })
  expect(within(WIDE, { zoom: 0.2, x: 450, y: 150 }).zoom).toBe(1)
  expect(within(WIDE, { zoom: 99, x: 450, y: 150 }).zoom).toBe(MAX_ZOOM)
})
