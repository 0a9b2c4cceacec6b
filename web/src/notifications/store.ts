/** Desktop notifications for messages that arrive while the page is in the background. */
import { currentUser } from '../accounts/store'
import { notificationState } from '../lib/capabilities'
import { desktop, onDesktopOpen } from '../lib/desktop'
import { t } from '../lib/i18n'
import { onAdded } from '../lib/news'
import { plainText } from '../lib/plainText'
import { spokenName } from '../lib/spokenName'
import { whenSessionEnds } from '../lib/stores'
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
  const permission = await Notification.requestPermission()
  say(t(permission === 'granted' ? 'notify.granted' : 'notify.denied'))
}

function notify(message: Message): void {
  if (message.message_type === 'system' || message.user_id === currentUser()?.id) return
  if (notificationState() !== 'granted') return
  if (document.visibilityState === 'visible' && document.hasFocus()) return
  const room = findRoom(message.room_id)
  const title = `${spokenName(message)} · ${room?.name ?? 'LanChat'}`
  const body = (message.attachment?.filename ?? plainText(message.content)).slice(0, MAX_BODY)
  const native = desktop()
  const path = `/rooms/${message.room_id}`
  if (native === undefined) showInBrowser(title, body, message.room_id, path)
  else native.notify(title, body, path)
}

const shown = new Set<Notification>()
let isByWorker = false

/** What stays on screen after somebody has signed out would be read by others, and lead into rooms of theirs. */
whenSessionEnds(() => {
  for (const notification of shown) notification.close()
  shown.clear()
  desktop()?.badge(0)
  if (isByWorker) void import('./serviceWorker').then(({ closeAll }) => closeAll()).catch(() => undefined)
})

function showInBrowser(title: string, body: string, roomId: number, path: string): void {
  const told = { body, icon: '/icon.svg', tag: `room-${roomId}` }
  try {
    const notification = new Notification(title, told)
    shown.add(notification)
    notification.onclose = () => shown.delete(notification)
    notification.onclick = () => {
      window.focus()
      openRoom(roomId)
      notification.close()
    }
  } catch {
    // Phones leave notifications to service workers.
    isByWorker = true
    void import('./serviceWorker')
      .then(({ showByWorker }) => showByWorker(title, told, path))
      .catch(() => undefined)
  }
}

onDesktopOpen((path) => {
  const roomId = /^\/rooms\/(\d+)$/.exec(path)?.[1]
  if (roomId !== undefined) openRoom(Number(roomId))
})
onAdded((message, isLive) => isLive && notify(message))
