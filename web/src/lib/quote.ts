/** What a reply shows of the message that it answers. */
import type { Message } from './types'

export type Quote = NonNullable<Message['reply_to']>

const QUOTED = 200 // characters, as on the server

export function quoteOf(message: Message): Quote {
  const { id, seq, user_id, username, display_name, content, message_type, is_deleted, attachment } = message
  const said = Array.from(content).slice(0, QUOTED).join('')
  return {
    id,
    seq,
    user_id,
    username,
    display_name,
    content: said,
    message_type,
    is_deleted,
    attachment,
  }
}

/** The reply as it is once what it answers is `quoted`; the same object where that is something else. */
export function requoted(reply: Message, quoted: Message): Message {
  const quote = reply.reply_to
  if (quote === null || quote.id !== quoted.id) return reply
  const now = quoteOf(quoted)
  // A room that hides its past shows no words in quotes, whatever becomes of them.
  const isHidden = quote.content === '' && !quote.is_deleted && !now.is_deleted
  return { ...reply, reply_to: isHidden ? { ...now, content: '', attachment: null } : now }
}
