/** Whom a message calls, by the names that may stand in it. */
import { useEffect, useMemo } from 'react'
import { currentUser } from '../../accounts/store'
import type { Message } from '../../lib/types'
import { loadMembers, usePresence } from '../../presence/store'
import type { Called } from './mentions'

export type Calling = Pick<Message, 'room_id' | 'mentions' | 'mentions_all'>

const ALL = ['all', '所有人']
const asked = new Set<number>()

export function useCalled(calling: Calling | undefined): Called[] {
  const { room_id = 0, mentions, mentions_all = false } = calling ?? {}
  const members = usePresence((state) => state.members[room_id])
  const isUnknown = members === undefined && (mentions?.length ?? 0) > 0
  useEffect(() => {
    if (!isUnknown || asked.has(room_id)) return
    asked.add(room_id)
    loadMembers(room_id)
      .catch(() => undefined)
      .finally(() => asked.delete(room_id))
  }, [isUnknown, room_id])
  return useMemo(() => {
    const myId = currentUser()?.id
    const people = (members ?? []).filter(({ id }) => mentions?.includes(id))
    const called = people.flatMap(({ id, username, display_name }) =>
      [username, display_name].flatMap((name) => (name ? [{ name, isMe: id === myId, id }] : [])),
    )
    return mentions_all ? [...ALL.map((name) => ({ name, isMe: true })), ...called] : called
  }, [members, mentions, mentions_all])
}
