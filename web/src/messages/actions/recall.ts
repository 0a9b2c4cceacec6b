/** Taking messages back. Each waits for some seconds, in which one may think again, before the server is told. */
import { currentUser } from '../../accounts/store'
import { answer, api } from '../../lib/api'
import { captionOf } from '../../lib/caption'
import { asChatError } from '../../lib/errors'
import { errorText } from '../../lib/errorText'
import { t } from '../../lib/i18n'
import { onUp } from '../../lib/socket'
import { sessionStore, whenSessionEnds } from '../../lib/stores'
import type { Message } from '../../lib/types'
import { closeToast, say, sayProblem } from '../../ui/Toast'
import { take } from '../state/feed'

export const UNDO_FOR = 6_000 // ms

interface Recalls {
  /** By id, those that are on their way out. */
  waiting: Record<number, Message>
  /** What my own said, by id, for writing them again. */
  texts: Record<number, string>
}

export const useRecalls = sessionStore<Recalls>({ waiting: {}, texts: {} })

interface Held {
  timer: ReturnType<typeof setTimeout>
  toast: number
}

const held = new Map<number, Held>()

/** Shown as gone at once; the server is told when the time is over. */
export function recall(message: Message): void {
  const { id, user_id } = message
  if (useRecalls.getState().waiting[id] !== undefined) return
  useRecalls.setState(({ waiting }) => ({ waiting: { ...waiting, [id]: message } }))
  const isMine = user_id === currentUser()?.id
  const undo = { label: t('message.undo'), run: () => keep(id) }
  const toast = say(t(isMine ? 'message.taken' : 'message.takenOut'), undo, UNDO_FOR)
  held.set(id, { timer: setTimeout(() => void tellServer(id), UNDO_FOR), toast })
}

function letGo(id: number): void {
  const { timer, toast } = held.get(id) ?? {}
  clearTimeout(timer)
  if (toast !== undefined) closeToast(toast)
  held.delete(id)
}

function keep(id: number): void {
  letGo(id)
  useRecalls.setState(({ waiting: { [id]: _, ...waiting } }) => ({ waiting }))
}

/** The request outlives the page; without a connection it waits for the next. */
async function tellServer(id: number): Promise<void> {
  const message = useRecalls.getState().waiting[id]
  letGo(id)
  if (message === undefined) return
  const path = { room_id: message.room_id, message_id: id }
  try {
    const gone = await answer(
      api.DELETE('/api/messages/{room_id}/{message_id}', { params: { path }, keepalive: true }),
    )
    const said = message.forwarded_from === null ? captionOf(message) : ''
    if (message.user_id === currentUser()?.id && said !== '')
      useRecalls.setState(({ texts }) => ({ texts: { ...texts, [id]: said } }))
    take(gone)
  } catch (reason) {
    const error = asChatError(reason)
    if (error.code === 'no_connection' || error.code === 'session_over') return
    sayProblem(errorText(error), { label: t('ui.retry'), run: () => recall(message) })
  }
  keep(id)
}

/** Whatever waits, at once: when the page may be on its way out, or somebody signs out. */
export async function recallNow(): Promise<void> {
  await Promise.all(Object.keys(useRecalls.getState().waiting).map((id) => tellServer(Number(id))))
}

whenSessionEnds(() => {
  for (const { timer } of held.values()) clearTimeout(timer)
  held.clear()
})
addEventListener('visibilitychange', () => document.visibilityState === 'hidden' && void recallNow(), true)
addEventListener('pagehide', () => void recallNow())
onUp(() => {
  for (const id of Object.keys(useRecalls.getState().waiting).map(Number))
    if (!held.has(id)) void tellServer(id)
})
