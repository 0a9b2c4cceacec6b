/** Showing a message to those who keep order. */
import type { components } from '../../contract'
import { answer, api } from '../../lib/api'
import type { Message } from '../../lib/types'

type Draft = components['schemas']['ReportDraft']

export const REASONS: Draft['reason'][] = ['spam', 'abuse', 'other']

/** Throws ChatError. */
export async function report({ room_id, id }: Message, body: Draft): Promise<void> {
  const path = { room_id, message_id: id }
  await answer(api.POST('/api/messages/{room_id}/{message_id}/report', { params: { path }, body }))
}
