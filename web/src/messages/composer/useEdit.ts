/** Another message's words in the composer, instead of the draft, which waits meanwhile. */
import { type RefObject, useEffect, useState } from 'react'
import type { Message } from '../../lib/types'
import { useAction } from '../../lib/useAction'
import { lastEditable, saveEdit, startEditing, stopEditing, useEditing } from '../actions/editing'
import { recall } from '../actions/recall'

interface Edit {
  message: Message
  text: string
  write: (text: string) => void
  submit: () => void
  /** Why it wasn't taken; null while nothing is wrong. */
  problem: string | null
}

export function useEdit(roomId: number, field: RefObject<HTMLTextAreaElement | null>): Edit | null {
  const message = useEditing((state) => (state.message?.room_id === roomId ? state.message : null))
  const [text, write] = useState('')
  const { run, problem } = useAction()
  useEffect(() => stopEditing, [])
  useEffect(() => {
    if (message !== null) write(message.content)
  }, [message])
  // biome-ignore lint/correctness/useExhaustiveDependencies: when it begins, and when it ends.
  useEffect(() => {
    const { current } = field
    if (current === null || (message === null && document.activeElement !== document.body)) return
    current.focus()
    current.setSelectionRange(current.value.length, current.value.length)
  }, [message?.id])
  if (message === null) return null

  function submit() {
    if (message === null) return
    const isGone = text.trim() === ''
    if (isGone) recall(message)
    if (isGone || text.trim() === message.content.trim()) return stopEditing()
    void run(() => saveEdit(message, text).then(stopEditing))
  }
  return { message, text, write, submit, problem }
}

/** Whether there was one, in sight. */
export function editLast(roomId: number): boolean {
  const last = lastEditable(roomId)
  const row = last && document.querySelector(`article[data-message="${last.id}"]`)
  const log = row?.closest('[role=log]')
  if (last === undefined || !row || !log) return false
  const [inner, outer] = [row.getBoundingClientRect(), log.getBoundingClientRect()]
  if (inner.bottom < outer.top || inner.top > outer.bottom) return false
  startEditing(last)
  return true
}
