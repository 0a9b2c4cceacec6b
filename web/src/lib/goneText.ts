/** What stands in the place of a message that was taken back. */
import type { useT } from './i18n'
import { spokenName } from './spokenName'
import type { Message } from './types'

export function goneText(t: ReturnType<typeof useT>, message: Message, myId: number): string {
  const isMine = message.user_id === myId
  const name = spokenName(message)
  if (message.deleted_by !== 'author')
    return isMine ? t('message.removedMine') : t('message.removed', { name })
  return isMine ? t('message.recalledMine') : t('message.recalled', { name })
}
