/** Whom I blocked: what they say in common rooms is folded, and nothing of theirs makes itself heard. */
import { answer, api } from '../lib/api'
import { on } from '../lib/socket'
import { sessionStore } from '../lib/stores'
import type { Message, User } from '../lib/types'

interface Blocks {
  ids: number[]
  /** Ids of messages of theirs that I wanted to see all the same. */
  shown: number[]
  /** Whom I am about to block. */
  asked: { id: number; name: string } | null
}

export const useBlocks = sessionStore<Blocks>({ ids: [], shown: [], asked: null })

export const isBlocked = (userId: number): boolean => useBlocks.getState().ids.includes(userId)

/** Whether somebody is, as it changes. */
export const useIsBlocked = (userId: number | undefined): boolean =>
  useBlocks(({ ids }) => userId !== undefined && ids.includes(userId))

export const askToBlock = (asked: Blocks['asked']): void => useBlocks.setState({ asked })
export const unfold = (messages: Pick<Message, 'id'>[]): void =>
  useBlocks.setState(({ shown }) => ({ shown: [...shown, ...messages.map(({ id }) => id)] }))

type Said = Pick<Message, 'id' | 'user_id' | 'message_type'>

/** Which messages of a room are folded; where two speak alone nothing is. */
export function foldedIn({ ids, shown }: Blocks, isAlone: boolean): (message: Said) => boolean {
  if (isAlone || ids.length === 0) return () => false
  return ({ id, user_id, message_type }) =>
    ids.includes(user_id) && message_type !== 'system' && !shown.includes(id)
}

let changes = 0

function note(userId: number, blocks: boolean): void {
  changes += 1
  useBlocks.setState(({ ids }) => {
    const others = ids.filter((id) => id !== userId)
    return { ids: blocks ? [...others, userId] : others, shown: blocks ? [] : useBlocks.getState().shown }
  })
}

/** All of them, the last first; asked for anew where that changes meanwhile. Throws ChatError. */
export async function loadBlocked(): Promise<User[]> {
  const before = changes
  const users: User[] = []
  let cursor: string | null = null
  do {
    const query: { limit: number; cursor?: string } = { limit: 100, ...(cursor === null ? {} : { cursor }) }
    const page: { users: User[]; next_cursor: string | null } = await answer(
      api.GET('/api/users/blocked', { params: { query } }),
    )
    users.push(...page.users)
    cursor = page.next_cursor
  } while (cursor !== null)
  if (changes !== before) return loadBlocked()
  useBlocks.setState({ ids: users.map(({ id }) => id) })
  return users
}

/** On all my devices. Throws ChatError. */
export async function setBlocked(user_id: number, blocks: boolean): Promise<void> {
  const path = '/api/users/{user_id}/block'
  const params = { params: { path: { user_id } } }
  await answer(blocks ? api.PUT(path, params) : api.DELETE(path, params))
  note(user_id, blocks)
}

on('block_changed', ({ user_id, is_blocked }) => note(user_id, is_blocked))
