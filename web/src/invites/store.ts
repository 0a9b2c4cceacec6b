/** Links into rooms: making, ending and opening them. */
import { answer, api } from '../lib/api'
import type { ChatRoom } from '../lib/types'
import type { Invitation, Invite, OpenInvite } from './types'

const inPath = (room_id: number) => ({ params: { path: { room_id } } })

/** My link into a room, good for a week from now. Throws ChatError, as all of these do. */
export function makeInvite(roomId: number): Promise<Invite> {
  return answer(api.POST('/api/rooms/{room_id}/invites', { ...inPath(roomId), body: {} }))
}

/** Whose links into a room are open: all for those who manage it, else mine. */
export async function loadOpenInvites(roomId: number): Promise<OpenInvite[]> {
  return (await answer(api.GET('/api/rooms/{room_id}/invites', inPath(roomId)))).invites
}

export async function endInvite(room_id: number, inviter_id: number): Promise<void> {
  const params = { path: { room_id, inviter_id } }
  await answer(api.DELETE('/api/rooms/{room_id}/invites/{inviter_id}', { params }))
}

/** Who invites, and where to: also for visitors who haven't given a name yet. */
export function readInvitation(code: string): Promise<Invitation> {
  return answer(api.POST('/api/invites/read', { body: { code } }))
}

export function redeem(code: string): Promise<ChatRoom> {
  return answer(api.POST('/api/invites/redeem', { body: { code } }))
}
