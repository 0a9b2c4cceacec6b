/** How the verbs look. */
import {
  Bookmark,
  BookmarkX,
  Copy,
  Flag,
  Forward,
  Link,
  MailOpen,
  MessagesSquare,
  Pencil,
  Pin,
  PinOff,
  Reply,
  Trash2,
} from 'lucide-react'
import type { Verb } from './verbs'

export const ICONS: Record<Verb, typeof Copy> = {
  reply: Reply,
  thread: MessagesSquare,
  copy: Copy,
  link: Link,
  forward: Forward,
  edit: Pencil,
  pin: Pin,
  unpin: PinOff,
  save: Bookmark,
  unsave: BookmarkX,
  unread: MailOpen,
  report: Flag,
  delete: Trash2,
  remove: Trash2,
}

/** These stand last, apart, in another colour. */
export const destroys = (verb: Verb): boolean => verb === 'delete' || verb === 'remove'
