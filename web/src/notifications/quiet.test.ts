import { expect, test } from 'vitest'
import { quietFor } from './quiet'

const NONE = { show_read_receipts: true, dnd_from: null, dnd_until: null, dnd_zone: null }
const night = (dnd_from: string, dnd_until: string, dnd_zone: string | null = 'UTC') => ({
  ...NONE,
  ...{ dnd_from, dnd_until, dnd_zone },
})
const at = (time: string) => new Date(`2026-11-29T${time}:00Z`)

test('nothing is quiet without hours, or without an end of them', () => {
  expect(quietFor(undefined)).toBe(0)
  expect(quietFor(NONE)).toBe(0)
  expect(quietFor({ ...NONE, dnd_from: '22:00' })).toBe(0)
  expect(quietFor(night('22:00', '22:00'), at('22:00'))).toBe(0)
})

test('hours of one day are quiet from their first minute up to their last', () => {
  const lunch = night('12:00', '13:30')
  expect([at('11:59'), at('12:00'), at('13:29'), at('13:30')].map((now) => quietFor(lunch, now))).toEqual([
    0, 90, 1, 0,
  ])
})

test('hours go beyond midnight', () => {
  const sleep = night('22:00', '07:00')
  expect(
    [at('21:59'), at('22:00'), at('00:00'), at('06:59'), at('07:00')].map((now) => quietFor(sleep, now)),
  ).toEqual([0, 540, 420, 1, 0])
})

test('hours are those of their zone, wherever the device is', () => {
  expect(quietFor(night('06:00', '07:00', 'Asia/Shanghai'), at('22:30'))).toBe(30)
  expect(quietFor(night('06:00', '07:00', 'Asia/Shanghai'), at('06:30'))).toBe(0)
})
