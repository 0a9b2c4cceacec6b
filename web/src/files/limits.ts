/** What may be sent: sizes by kind. */
import type { Info } from '../lib/types'

export const isImage = (type: string): boolean => /^image\/(png|jpe?g|gif|webp|bmp|avif)$/.test(type)

export function maxBytes(type: string, info: Pick<Info, 'max_image_bytes' | 'max_file_bytes'>): number {
  return isImage(type) ? info.max_image_bytes : info.max_file_bytes
}
