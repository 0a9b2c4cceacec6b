/** Sends a file: at once if it is small, else so that it goes on after an interruption. */
import { cancelled } from '../lib/errors'
import { part } from '../lib/part'
import type { Attachment } from '../lib/types'

/** From here on an interruption costs more than the requests that make it harmless. */
const LARGE = 4 << 20 // bytes

export const isLarge = (file: File): boolean => file.size >= LARGE

export interface Progress {
  sent: number // bytes
  total: number // bytes
}

/** Throws ChatError, `cancelled` among them. */
export async function uploadFile(
  file: File,
  onProgress: (progress: Progress) => void,
  signal: AbortSignal,
): Promise<Attachment> {
  const { send } = await (isLarge(file) ? part(() => import('./resumable')) : part(() => import('./atOnce')))
  // Who gave it up while that loaded is not heard by what listens from now on.
  if (signal.aborted) throw cancelled()
  return send(file, onProgress, signal)
}
