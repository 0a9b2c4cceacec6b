/**
 * Files in the outbox, chosen while there was no connection: shown as they are in this browser, uploaded once it is
 * back, and then part of their message like any others.
 */
import { uploadFile } from '../lib/api'
import { sessionStore, whenSessionEnds } from '../lib/stores'
import type { Attachment } from '../lib/types'
import { isImage } from './limits'

/** By the `client_id` of the message, how much of its files the server has, in percent. */
export const useProgress = sessionStore<{ byMessage: Record<string, number> }>({ byMessage: {} })

// A page that ends in between uploads them anew: the server drops what no message came for.
const stored = new WeakMap<File, Attachment>()
const shown = new WeakMap<File, Attachment>()
const aborts = new Map<string, AbortController>()

whenSessionEnds(() => {
  for (const abort of aborts.values()) abort.abort()
  aborts.clear()
})

/** As a message shows it: of a picture, at a size that is close to many. */
export function asShown(file: File): Attachment {
  const known = shown.get(file)
  if (known !== undefined) return known
  const size = isImage(file.type) ? { width: 360, height: 270 } : { width: null, height: null }
  const made = {
    ...{ file_path: URL.createObjectURL(file), filename: file.name, file_size: file.size },
    ...{ content_type: file.type, thumbnail_path: null, ...size },
  }
  shown.set(file, made)
  return made
}

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
export function dropWaiting(message: string, files: File[]): void {
  aborts.get(message)?.abort()
  for (const file of files) {
    const made = shown.get(file)
    if (made !== undefined) URL.revokeObjectURL(made.file_path)
    shown.delete(file)
  }
}
