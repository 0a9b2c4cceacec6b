import { expect, test } from 'vitest'
import { nextName, withoutBlanks } from './freeName'

test.each([
  ['Anna', 'Anna_2'],
  ['Anna_2', 'Anna_3'],
  ['Anna_99', 'Anna_100'],
  ['A_b', 'A_b_2'],
  ['abcdefghijklmnopqrst', 'abcdefghijklmnopqr_2'],
  ['小林', '小林_2'],
])('who can not be %s may be %s', (name, proposal) => {
  expect(nextName(name)).toBe(proposal)
})

test.each([
  ['Anna Maria', 'Anna_Maria'],
  [' Anna  Maria', 'Anna_Maria'],
  ['Anna ', 'Anna '],
])('"%s" is taken for "%s", as the keyboard may have put the last blank', (typed, name) => {
  expect(withoutBlanks(typed)).toBe(name)
})
