/** What arrives while nobody looks at it: a notification of the system, and one sound a burst. */
import { currentUser } from '../accounts/store'
import { notificationState } from '../lib/capabilities'
import { captionOf } from '../lib/caption'
import { desktop, onDesktopOpen } from '../lib/desktop'
import { onAdded } from '../lib/news'
import { plainText } from '../lib/plainText'
import { on } from '../lib/socket'
import { spokenName } from '../lib/spokenName'
import { whenSessionEnds } from '../lib/stores'
import type { Message } from '../lib/types'
import { isTold } from '../rooms/levels'
import { findRoom, type Room, useRooms } from '../rooms/store'
import { useNotifying } from './device'
import { quietFor } from './quiet'

const MAX_BODY = 180 // characters

let openRoom: (roomId: number) => void = () => {}

/** How a click on a notification comes back to its room. */
export function whenNotificationOpens(open: (roomId: number) => void): void {
  openRoom = open
}

const BURST = 4_000 // ms of silence between two

let lastHeard = 0

const isLookedAt = (): boolean => document.visibilityState === 'visible' && document.hasFocus()

function notify(message: Message): void {
  if (message.message_type === 'system' || message.user_id === currentUser()?.id) return
  const room = findRoom(message.room_id)
  if (room === undefined || !isTold(room, message)) return
  if (quietFor(currentUser()?.preferences) > 0) return
  if (isLookedAt() && useRooms.getState().openId === room.id) return
  ring()
  if (!isLookedAt()) show(message, room)
}

function ring(): void {
  const isFirst = Date.now() - lastHeard > BURST
  lastHeard = Date.now()
  if (!isFirst || !useNotifying.getState().sounds || !navigator.userActivation?.hasBeenActive) return
  void import('./sound').then(({ playSound }) => playSound()).catch(() => undefined)
}

function show(message: Message, room: Room): void {
  if (!useNotifying.getState().shows || notificationState() !== 'granted') return
  const who = spokenName(message)
  const title = room.kind === 'direct' && room.member_count <= 2 ? who : `${who} · ${room.name}`
  const body = (plainText(captionOf(message)) || (message.attachment?.filename ?? '')).slice(0, MAX_BODY)
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
on(
  'report_decided',
  (told) => void import('../moderation/told').then(({ tellDecision }) => tellDecision(told)),
)
on('report_made', (told) => void import('../moderation/told').then(({ tellReport }) => tellReport(told)))
onAdded((message, isLive) => isLive && notify(message))
