/** What happened to a room, in the reader's language; codes that are not known here in the server's words. */

import type { useT } from './i18n'
import { nameNow } from './people'
import type { Message } from './types'

type T = ReturnType<typeof useT>

const OF_ROOM = {
  room_described: 'system.described',
  message_pinned: 'system.pinned',
  room_archived: 'system.archived',
  room_reopened: 'system.reopened',
} as const
const OF_SOMEBODY = {
  member_removed: 'system.removed',
  member_banned: 'system.banned',
  ownership_transferred: 'system.transferred',
} as const

export function systemText(t: T, { system, content }: Message, myId: number): string {
  if (system === null) return content
  const { code, actor_id, actor_name, target_id, target_name, value } = system
  const actor = actor_id === myId ? t('message.you') : nameNow(actor_name)
  const target = target_id === myId ? t('system.you') : target_name && nameNow(target_name)
  if (code in OF_ROOM) return t(OF_ROOM[code as keyof typeof OF_ROOM], { actor })
  if (code in OF_SOMEBODY && target !== null) {
    return t(OF_SOMEBODY[code as keyof typeof OF_SOMEBODY], { actor, target })
  }
  if (code === 'member_joined' && target !== null) return t('system.added', { actor, target })
  if (code === 'member_joined') return t('system.joined', { actor })
  if (code === 'member_left') return t('system.left', { actor })
  if (code === 'room_renamed' && value !== null) return t('system.renamed', { actor, name: value })
  if (code === 'posting_changed') {
    return t(value === 'managers' ? 'system.managersPost' : 'system.everyonePosts', { actor })
  }
  return content
}
