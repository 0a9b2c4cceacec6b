/** The chain of replies that is open beside its room: what stands in it. */
import { answer, api } from '../../lib/api'
import { onAdded, onChanged } from '../../lib/news'
import { onUp } from '../../lib/socket'
import { sessionStore } from '../../lib/stores'
import type { Message } from '../../lib/types'
import { type OpenThread, useOpenThread } from '../actions/openThread'
import { merge, withQuotes } from '../state/merge'

export interface Thread extends OpenThread {
  /** Oldest first. */
  replies: Message[]
  /** Of the next page; null where all are here, undefined before the first. */
  next: string | null | undefined
}

export const useThread = sessionStore<{ thread: Thread | null }>({ thread: null })

const PAGE = 100

/** Throws ChatError. */
export async function loadThread(open: OpenThread): Promise<void> {
  useThread.setState({ thread: { ...open, replies: [], next: undefined } })
  await loadPage(null)
}

/** Throws ChatError. */
export async function loadMore(): Promise<void> {
  const next = useThread.getState().thread?.next
  if (next) await loadPage(next)
}

async function loadPage(cursor: string | null): Promise<void> {
  const { thread } = useThread.getState()
  if (thread === null) return
  const path = { room_id: thread.roomId, message_id: thread.rootId }
  const query = { limit: PAGE, ...(cursor === null ? {} : { cursor }) }
  const page = await answer(
    api.GET('/api/messages/{room_id}/{message_id}/thread', { params: { path, query } }),
  )
  change(thread.rootId, ({ root, replies }) => ({
    root: laterOf(root, page.root),
    replies: merge(replies, page.messages),
    next: page.next_cursor,
  }))
}

const laterOf = (known: Message | null, told: Message): Message =>
  known !== null && known.changed_seq > told.changed_seq ? known : told

function change(rootId: number, edit: (thread: Thread) => Partial<Thread>): void {
  useThread.setState(({ thread }) =>
    thread?.rootId === rootId ? { thread: { ...thread, ...edit(thread) } } : {},
  )
}

function take(message: Message): void {
  const { thread } = useThread.getState()
  if (thread === null || thread.roomId !== message.room_id) return
  const { rootId } = thread
  if (message.id === rootId) change(rootId, ({ root }) => ({ root: laterOf(root, message) }))
  const known = withQuotes(thread.replies, message)
  const replies = message.thread_id === rootId ? merge(known, [message]) : known
  if (replies !== thread.replies) change(rootId, () => ({ replies }))
}

onAdded(take)
onChanged(take)
onUp(() => useOpenThread.getState().open !== null && void loadPage(null).catch(() => undefined))
