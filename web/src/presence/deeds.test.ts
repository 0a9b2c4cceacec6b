/** What is offered to do to a member. */
import { expect, test } from 'vitest'
import type { Member, OwnUser } from '../lib/types'
import type { Room } from '../rooms/store'
import { deedsUpon, isNothing } from './deeds'

const me = (is_admin = false) => ({ id: 1, is_admin }) as OwnUser
const member = (role: Member['role'], more: Partial<Member> = {}) =>
  ({ id: 2, role, is_admin: false, ...more }) as Member
const room = (can: Partial<Room['can']>, kind: Room['kind'] = 'room') =>
  ({ can: { manage: false, assign: false, transfer: false, ...can }, kind }) as Room

const MODERATOR = { manage: true }
const OWNER = { manage: true, assign: true, transfer: true }

test('who manages without handing out roles keeps plain members in order, and no others', () => {
  const deeds = deedsUpon(member('member'), room(MODERATOR), me())
  expect(deeds).toEqual({ role: null, mute: true, handOver: false, remove: true, ban: true })
  for (const role of ['moderator', 'owner'] as const)
    expect(isNothing(deedsUpon(member(role), room(MODERATOR), me()))).toBe(true)
})

test('an owner changes roles and hands over, but touches no administrator of the host', () => {
  expect(deedsUpon(member('moderator'), room(OWNER), me())).toEqual({
    role: 'member',
    mute: true,
    handOver: true,
    remove: true,
    ban: true,
  })
  const deeds = deedsUpon(member('member', { is_admin: true }), room(OWNER), me())
  expect(deeds).toEqual({ role: null, mute: false, handOver: true, remove: false, ban: false })
})

test('nobody is removed from the lobby, and only administrators ban from it', () => {
  const lobby = room({ manage: true, assign: true }, 'lobby')
  expect(deedsUpon(member('member'), lobby, me())).toMatchObject({ mute: true, remove: false, ban: false })
  expect(deedsUpon(member('member'), lobby, me(true))).toMatchObject({ remove: false, ban: true })
})

test('nothing is offered to do to oneself, or to whoever only reads', () => {
  expect(isNothing(deedsUpon(member('member', { id: 1 }), room(OWNER), me()))).toBe(true)
  expect(isNothing(deedsUpon(member('member'), room({}), me()))).toBe(true)
})
