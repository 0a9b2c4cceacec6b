import { expect, test } from 'vitest'
import { initialsOf } from './Avatar'

test('Chinese names are told apart by their last two characters, others by their first', () => {
  expect(['小林', '小明', '王小红', '李'].map(initialsOf)).toEqual(['小林', '小明', '小红', '李'])
  expect(['ann', '😀x', '小林_1', ''].map(initialsOf)).toEqual(['A', '😀', '小', '?'])
})
