/** Uploads files that wait in the outbox, chosen while there was no connection: loaded when the first one does. */
import { uploadFile } from '../lib/api'
import { sessionStore, whenSessionEnds } from '../lib/stores'
import type { Attachment } from '../lib/types'

/** By the `client_id` of the message, how much of its files the server has, in percent. */
export const useProgress = sessionStore<{ byMessage: Record<string, number> }>({ byMessage: {} })

// A page that ends in between uploads them anew: the server drops what no message came for.
const stored = new WeakMap<File, Attachment>()
const aborts = new Map<string, AbortController>()

whenSessionEnds(() => {
  for (const abort of aborts.values()) abort.abort()
  aborts.clear()
})

/** One by one, those that the server doesn't have yet. Throws ChatError, `cancelled` among them. */
export async function uploadWaiting(message: string, files: File[]): Promise<Attachment[]> {
  const abort = new AbortController()
  aborts.set(message, abort)
  const total = Math.max(1, sizeOf(files))
  try {
    for (const [index, file] of files.entries()) {
      const before = sizeOf(files.slice(0, index))
      const note = (sent: number) => say(message, Math.round((100 * (before + sent)) / total))
      note(0)
      if (!stored.has(file))
        stored.set(
          file,
          await uploadFile(file, (told) => note((file.size * told.sent) / told.total), abort.signal),
        )
    }
  } finally {
    if (aborts.get(message) === abort) aborts.delete(message)
    say(message, null)
  }
  return files.flatMap((file) => stored.get(file) ?? [])
}

const sizeOf = (files: File[]): number => files.reduce((sum, { size }) => sum + size, 0)

function say(message: string, percent: number | null): void {
  useProgress.setState(({ byMessage: { [message]: _, ...others } }) => ({
    byMessage: percent === null ? others : { ...others, [message]: percent },
  }))
}

/** Where the server has lost them meanwhile. */
export function uploadAnew(files: File[]): void {
  for (const file of files) stored.delete(file)
}

/** Their message is sent, or isn't to be. */
export const stopUploading = (message: string): void => aborts.get(message)?.abort()
