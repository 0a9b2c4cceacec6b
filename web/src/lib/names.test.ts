import { expect, test } from 'vitest'
import { BEGINS, BY_INITIALS, fitOf, fitOfPerson, folded, likeliest, NO_FIT, WITHIN } from './names'

test.each([
  ['an', ['Anna'], null, BEGINS],
  ['张', ['张三'], 'zs', BEGINS],
  ['zs', ['张三'], 'zs', BY_INITIALS],
  ['zs', ['zsolt', '张三'], 'zs', BEGINS],
  ['na', ['Anna', null], null, WITHIN],
  ['s', ['张三'], 'zs', NO_FIT],
  ['x', ['Anna'], null, NO_FIT],
  ['', ['Anna'], null, BEGINS],
])('“%s” fits %j (%s) as %i', (sought, names, initials, fit) => {
  expect(fitOf(sought, names, initials)).toBe(fit)
})

test('neither case nor width counts, and either name does', () => {
  const person = { username: 'li', display_name: 'ＡＮＮＡ 李', initials: 'al' }
  expect(folded('Ａn')).toBe('an')
  for (const [sought, fit] of [
    ['anna', BEGINS],
    ['li', BEGINS],
    ['al', BY_INITIALS],
  ] as const)
    expect(fitOfPerson(sought, person)).toBe(fit)
})

test('the likeliest come first, equal ones as they came, and what fits not at all is left out', () => {
  const names = ['Diana', 'Zoe', 'Anna', 'Ann', '安娜']
  const fit = (name: string) => fitOf('an', [name], name === '安娜' ? 'an' : null)
  expect(likeliest(names, fit)).toEqual(['Anna', 'Ann', '安娜', 'Diana'])
})
