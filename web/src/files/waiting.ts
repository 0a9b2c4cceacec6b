/** Uploads files that wait in the outbox, large or chosen while there was no connection: loaded when the first one does. */
import { cancelled } from '../lib/errors'
import { sessionStore, whenSessionEnds } from '../lib/stores'
import type { Attachment } from '../lib/types'
import { stored } from './stored'
import { endTurn, takeTurn } from './turn'
import { uploadFile } from './upload'

/** How much of a message's files the server has; `speed` and what is `left` by it are null at first. */
export interface Sending {
  percent: number
  speed: number | null // bytes a second
  left: number | null // s
}

/** By the `client_id` of the message. */
export const useProgress = sessionStore<{ byMessage: Record<string, Sending> }>({ byMessage: {} })

const SOON = 2000 // ms, before which nobody can tell how long it takes
const aborts = new Map<string, AbortController>()

whenSessionEnds(() => {
  for (const abort of aborts.values()) abort.abort()
  aborts.clear()
})

/** Whether somebody still wants it sent, which another tab may know. */
type IsWanted = () => Promise<boolean>

/** One by one, those that the server doesn't have yet. Throws ChatError, `cancelled` among them. */
export async function uploadWaiting(
  message: string,
  files: File[],
  isWanted: IsWanted,
): Promise<Attachment[]> {
  const abort = new AbortController()
  aborts.set(message, abort)
  const { begin, note } = progressOf(message, sizeOf(files))
  try {
    await takeTurn(message, abort.signal)
    if (!(await isWanted())) throw cancelled()
    for (const [index, file] of files.entries()) {
      const before = sizeOf(files.slice(0, index))
      const tell = (sent: number, total: number) => note(before + (file.size * sent) / total)
      begin(before)
      if (!stored.has(file))
        stored.set(file, await uploadFile(file, ({ sent, total }) => tell(sent, total), abort.signal))
      if (abort.signal.aborted) throw cancelled()
    }
  } finally {
    if (aborts.get(message) === abort) aborts.delete(message)
    say(message, null)
  }
  return files.flatMap((file) => stored.get(file) ?? [])
}

interface Meter {
  /** Of each file, at so many bytes of them all. */
  begin: (before: number) => void
  note: (sent: number) => void
}

/**
 * Says how many bytes of `total` the server has; the speed is of those that this page sends. Where a file is gone on
 * with only its upload knows: what that reports first has been there before.
 */
function progressOf(message: string, total: number): Meter {
  let startedAt: number | null = null
  let last: number | null = null
  let moved = 0
  const show = (sent: number) => {
    const passed = startedAt === null ? 0 : Date.now() - startedAt
    const speed = passed < SOON ? null : Math.max(0, (1000 * moved) / passed)
    const left = speed === null || speed === 0 ? null : (total - sent) / speed
    say(message, { percent: Math.floor((100 * sent) / Math.max(1, total)), speed, left })
  }
  return {
    begin: (before) => {
      last = null
      show(before)
    },
    note: (sent) => {
      startedAt ??= Date.now()
      moved += sent - (last ?? sent)
      last = sent
      show(sent)
    },
  }
}

const sizeOf = (files: File[]): number => files.reduce((sum, { size }) => sum + size, 0)

function say(message: string, sending: Sending | null): void {
  useProgress.setState(({ byMessage: { [message]: _, ...others } }) => ({
    byMessage: sending === null ? others : { ...others, [message]: sending },
  }))
}

/** Their message is sent, or isn't to be. */
export function stopUploading(message: string): void {
  aborts.get(message)?.abort()
  endTurn(message)
}

/** Until it is tried again another tab may try. */
export { endTurn as letOthers }
