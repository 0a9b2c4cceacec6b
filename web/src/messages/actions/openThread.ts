/** Which chain of replies is open beside its room. */
import { on } from '../../lib/socket'
import { sessionStore } from '../../lib/stores'
import type { Message } from '../../lib/types'

export interface OpenThread {
  roomId: number
  rootId: number
  /** Null where another message of it was chosen. */
  root: Message | null
}

export const useOpenThread = sessionStore<{ open: OpenThread | null }>({ open: null })

/** The chain that this message begins or stands in. */
export function openThread(message: Message): void {
  const rootId = message.thread_id ?? message.id
  const root = rootId === message.id ? message : null
  useOpenThread.setState({ open: { roomId: message.room_id, rootId, root } })
}

export const closeThread = (): void => useOpenThread.setState({ open: null })

const closeIn = ({ room_id }: { room_id: number }): void => {
  if (useOpenThread.getState().open?.roomId === room_id) closeThread()
}

on('room_deleted', closeIn)
on('room_left', closeIn)
