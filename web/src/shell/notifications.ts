/** Desktop notifications for messages that arrive while the page is in the background. */
import { currentUser } from '../accounts/store'
import { notificationState } from '../lib/capabilities'
import { t } from '../lib/i18n'
import { on } from '../lib/socket'
import type { Message } from '../lib/types'
import { findRoom } from '../rooms/store'
import { say } from '../ui/Toast'

const MAX_BODY = 180 // characters

let openRoom: (roomId: number) => void = () => {}

/** How a click on a notification comes back to its room. */
export function whenNotificationOpens(open: (roomId: number) => void): void {
  openRoom = open
}

export async function askForNotifications(): Promise<void> {
  const answer = await Notification.requestPermission()
  say(t(answer === 'granted' ? 'notify.granted' : 'notify.denied'))
}

function notify(message: Message): void {
  if (message.user_id === currentUser()?.id || notificationState() !== 'granted') return
  if (document.visibilityState === 'visible' && document.hasFocus()) return
  const room = findRoom(message.room_id)
  const body = message.attachment?.filename ?? message.content
  const notification = new Notification(`${message.username} · ${room?.name ?? 'LanChat'}`, {
    body: body.slice(0, MAX_BODY),
    icon: '/icon.svg',
    tag: `room-${message.room_id}`,
  })
  notification.onclick = () => {
    window.focus()
    openRoom(message.room_id)
    notification.close()
  }
}

on('new_message', notify)
