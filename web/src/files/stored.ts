/** Which files of this browser the server has already. A page that ends forgets it: they are uploaded anew. */
import type { Attachment } from '../lib/types'
import { isLarge } from './upload'

export const stored = new WeakMap<File, Attachment>()

/** Whether others need not wait for them: what is said meanwhile goes first. */
export const takeLong = (files: File[]): boolean =>
  files.some(isLarge) && !files.every((file) => stored.has(file))

/** Where the server has lost them meanwhile. */
export function uploadAnew(files: File[]): void {
  for (const file of files) stored.delete(file)
}
