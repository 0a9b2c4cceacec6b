/** What rooms are called, and by what they are found. */
import { expect, test } from 'vitest'
import { openBrowserAt } from '../../tests/browser'
import type { DirectMember, Message, OwnUser } from '../lib/types'
import type { Room } from './store'

openBrowserAt(80)
const { setUser } = await import('../accounts/store')
const { t } = await import('../lib/i18n')
const { systemText } = await import('../lib/systemText')
const { roomTitle } = await import('./roomTitle')
const { fitOfRoom } = await import('./fitOfRoom')
const { BEGINS, BY_INITIALS, NO_FIT, WITHIN } = await import('../lib/names')

const person = (id: number, username: string, more: Partial<DirectMember> = {}) =>
  ({
    id,
    username,
    display_name: null,
    initials: null,
    is_gone: false,
    is_guest: false,
    ...more,
  }) as DirectMember
const ME = person(1, 'alma')
const room = (name: string, more: Partial<Room> = {}) =>
  ({ id: 5, kind: 'room', name, initials: null, members: null, ...more }) as Room
const direct = (name: string, ...others: DirectMember[]) =>
  room(name, { kind: 'direct', members: [ME, ...others] })

setUser(ME as unknown as OwnUser)

test('a room is found by its name or its initials, a direct one by either name of whoever else is in it', () => {
  expect(fitOfRoom(t, 'hy', room('花园', { initials: 'hy' }))).toBe(BY_INITIALS)
  expect(fitOfRoom(t, 'x', room('花园', { initials: 'hy' }))).toBe(NO_FIT)
  const zhang = direct('张三', person(2, 'zs1', { display_name: '张三', initials: 'zs' }))
  for (const wanted of ['张', 'zs1', 'zs']) expect(fitOfRoom(t, wanted, zhang)).toBe(BEGINS)
  expect(fitOfRoom(t, 'alma', zhang)).toBe(NO_FIT)
  const few = direct('张三, 李四', person(2, 'zs1', { initials: 'zs' }), person(3, 'li', { initials: 'ls' }))
  expect(fitOfRoom(t, 'ls', few)).toBe(WITHIN)
})

test('notes to oneself go by their title and not by a name', () => {
  expect(roomTitle(t, direct('alma'))).toBe('direct.notes')
  expect(fitOfRoom(t, 'notes', direct('alma'))).toBe(WITHIN)
})

test('what I did, and what was done to me, is told of me as "you"', () => {
  const told: string[] = []
  const spy = ((key: string, values: Record<string, string>) => {
    told.push(`${key} ${values?.actor ?? ''}→${values?.target ?? ''}`)
    return key
  }) as typeof t
  const system = { code: 'member_joined', actor_id: 2, actor_name: 'Anna', target_id: 1, target_name: 'Alma' }
  systemText(spy, { system: { ...system, value: null }, content: '' } as Message, 1)
  systemText(
    spy,
    { system: { ...system, actor_id: 1, target_id: 2, value: null }, content: '' } as Message,
    1,
  )
  expect(told.filter((each) => each.startsWith('system.added'))).toEqual([
    'system.added Anna→system.you',
    'system.added message.you→Alma',
  ])
})
