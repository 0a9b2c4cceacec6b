/** What was written beside files: without words a message says the path of its first file, or its name. */
import type { Message } from './types'

type Captioned = Pick<Message, 'content' | 'attachment'>

/** The words of any message; empty where it is files alone. */
export function captionOf({ content, attachment }: Captioned): string {
  const isBare = attachment !== null && (content === attachment.filename || content === attachment.file_path)
  return isBare ? '' : content
}
