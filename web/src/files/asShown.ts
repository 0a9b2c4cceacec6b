/** Files that wait in the outbox, as a message shows them: by what this browser has. */
import type { Attachment } from '../lib/types'
import { isImage } from './limits'

const shown = new WeakMap<File, Attachment>()

/** Of a picture, at a size that is close to many. */
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

export function showNoMore(file: File): void {
  const made = shown.get(file)
  if (made !== undefined) URL.revokeObjectURL(made.file_path)
  shown.delete(file)
}
