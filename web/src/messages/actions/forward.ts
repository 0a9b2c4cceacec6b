/** Passing a message on, with words of one's own behind it. */
import { t } from '../../lib/i18n'
import type { Message } from '../../lib/types'
import { findRoom } from '../../rooms/store'
import { say } from '../../ui/Toast'
import { forward, send } from '../state/sending'

/** To rooms, and to places of people with whom there is none yet. */
export function passOn(
  message: Message,
  roomIds: number[],
  note: string,
  navigate: (path: string) => void,
): void {
  for (const id of roomIds) {
    forward(id, message)
    if (note.trim() !== '') send(id, note.trim())
  }
  const [only, ...others] = roomIds
  if (only === undefined) return
  if (others.length > 0) say(t('action.forwardedMany', { count: roomIds.length }))
  else
    say(t('action.forwarded', { name: findRoom(only)?.name }), {
      label: t('action.goThere'),
      run: () => navigate(`/rooms/${only}`),
    })
}
