import { answer, api } from '../lib/api'
import type { Member } from '../lib/types'

const PAGE = 100

/** Page by page. Throws ChatError. */
export async function everyMember(roomId: number): Promise<Member[]> {
  const path = { room_id: roomId }
  const members: Member[] = []
  let total = 1
  while (members.length < total) {
    const query = { skip: members.length, limit: PAGE }
    const page = await answer(api.GET('/api/rooms/{room_id}/members', { params: { path, query } }))
    members.push(...page.members)
    total = page.members.length === 0 ? 0 : page.total
  }
  return members
}
