/** Uploads files that wait in the outbox, large or chosen while there was no connection: loaded when the first one does. */
import { sessionStore, whenSessionEnds } from '../lib/stores'
import type { Attachment } from '../lib/types'
import { stored } from './stored'
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

/** One by one, those that the server doesn't have yet. Throws ChatError, `cancelled` among them. */
export async function uploadWaiting(message: string, files: File[]): Promise<Attachment[]> {
  const abort = new AbortController()
  aborts.set(message, abort)
  const note = progressOf(message, sizeOf(files))
  try {
    for (const [index, file] of files.entries()) {
      const before = sizeOf(files.slice(0, index))
      const tell = (sent: number, total: number) => note(before + (file.size * sent) / total)
      note(before)
      if (!stored.has(file))
        stored.set(file, await uploadFile(file, ({ sent, total }) => tell(sent, total), abort.signal))
    }
  } finally {
    if (aborts.get(message) === abort) aborts.delete(message)
    say(message, null)
  }
  return files.flatMap((file) => stored.get(file) ?? [])
}

/** Says how many bytes of `total` have gone; the speed is that since the first that this page sent itself. */
function progressOf(message: string, total: number): (sent: number) => void {
  let first: { sent: number; at: number } | null = null
  return (sent) => {
    const now = Date.now()
    first ??= { sent, at: now }
    const speed = now - first.at < SOON ? null : (1000 * (sent - first.sent)) / (now - first.at)
    const left = speed === null || speed <= 0 ? null : (total - sent) / speed
    say(message, { percent: Math.floor((100 * sent) / Math.max(1, total)), speed, left })
  }
}

const sizeOf = (files: File[]): number => files.reduce((sum, { size }) => sum + size, 0)

function say(message: string, sending: Sending | null): void {
  useProgress.setState(({ byMessage: { [message]: _, ...others } }) => ({
    byMessage: sending === null ? others : { ...others, [message]: sending },
  }))
}

/** Their message is sent, or isn't to be. */
export const stopUploading = (message: string): void => aborts.get(message)?.abort()
