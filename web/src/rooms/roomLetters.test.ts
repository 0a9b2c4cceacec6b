import { expect, test } from 'vitest'
import { roomLetters } from './roomLetters'

test('a room is told by one Chinese character, by two initials, or by the first two letters of its only word', () => {
  expect(['高三二班', 'Workshop floor', 'garden', 'Class 4b', 'x', '#news'].map(roomLetters)).toEqual([
    '高',
    'WF',
    'Ga',
    'C4',
    'X',
    'Ne',
  ])
  expect(['🎉 party', '!!!', ''].map(roomLetters)).toEqual(['Pa', '!', '?'])
})
