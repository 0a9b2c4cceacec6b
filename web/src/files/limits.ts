/** What may be sent, and what is a picture. */
import type { Attachment, Info } from '../lib/types'

/** Whether it is shown among messages: the server has looked at it, and every browser can show it. */
export const isPicture = ({ width, height }: Attachment): boolean => width !== null && height !== null

export const isImage = (type: string): boolean => /^image\/(png|jpe?g|gif|webp|bmp|avif)$/.test(type)

export function maxBytes(type: string, info: Pick<Info, 'max_image_bytes' | 'max_file_bytes'>): number {
  return isImage(type) ? info.max_image_bytes : info.max_file_bytes
}
