/**
 * What the feed (`messages/state/feed.ts`) announces of messages. It stands here, below the slices, because rooms and
 * presence hear it as well.
 */
import type { Message } from './types'

/** `isLive`: it came as it happened, and not after an absence. */
type Hear = (message: Message, isLive: boolean) => void

export type News = 'added' | 'changed'

const listeners: Record<News, Hear[]> = { added: [], changed: [] }

/** A message that was not known. After a room was opened anew it may be told again: `seq` says so. */
export function onAdded(hear: Hear): void {
  listeners.added.push(hear)
}

/** A message as it is after a change: edited, recalled. An earlier change may follow a later: `changed_seq` says so. */
export function onChanged(hear: Hear): void {
  listeners.changed.push(hear)
}

export function announce(news: News, message: Message, isLive: boolean): void {
  for (const hear of listeners[news]) hear(message, isLive)
}
