/** What the composer is about besides a new message: another one's words, or an answer. One thing at a time. */
import { sessionStore } from '../../lib/stores'
import type { Message } from '../../lib/types'
import { type Place, useActive } from './active'

export interface Writing {
  verb: 'edit' | 'reply'
  message: Message
  /** Whose composer it is. */
  place: Place
}

export const useWriting = sessionStore<{ now: Writing | null }>({ now: null })

/** In the composer of the list in which the message was chosen. */
const start = (verb: Writing['verb']) => (message: Message) =>
  useWriting.setState({ now: { verb, message, place: useActive.getState().place } })

export const startEditing = start('edit')
export const startReply = start('reply')
export const stopWriting = (): void => useWriting.setState({ now: null })
