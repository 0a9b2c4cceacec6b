/** What is written besides the draft, which waits meanwhile: another message's new words, or an answer. */
import { type RefObject, useEffect, useRef, useState } from 'react'
import { captionOf } from '../../lib/caption'
import { useAction } from '../../lib/useAction'
import type { Place } from '../actions/active'
import { lastEditable, saveEdit } from '../actions/editing'
import { recall } from '../actions/recall'
import { startEditing, stopWriting, useWriting, type Writing } from '../actions/writing'

interface Aside {
  writing: Writing
  text: string
  write: (text: string) => void
  /** Of an edit; an answer is sent as any message is. */
  submit: () => void
  /** Closes it; an answer's words go to an empty draft. */
  close: () => void
  /** Why it wasn't taken; null while nothing is wrong. */
  problem: string | null
}

interface Options {
  roomId: number
  place: Place
  field: RefObject<HTMLTextAreaElement | null>
  draft: string
  writeDraft: (text: string) => void
}

export function useAside({ roomId, place, field, draft, writeDraft }: Options): Aside | null {
  const writing = useWriting(({ now }) =>
    now?.message.room_id === roomId && now.place === place ? now : null,
  )
  const [text, write] = useState('')
  const { run, problem } = useAction()
  const { message, verb } = writing ?? {}

  function keepWords() {
    if (verb === 'reply' && draft.trim() === '' && text.trim() !== '') writeDraft(text)
  }
  const whenLeft = useRef(keepWords)
  whenLeft.current = keepWords
  useEffect(
    () => () => {
      if (useWriting.getState().now?.place !== place) return
      whenLeft.current()
      stopWriting()
    },
    [place],
  )
  useEffect(() => write(verb === 'edit' && message !== undefined ? captionOf(message) : ''), [verb, message])
  // biome-ignore lint/correctness/useExhaustiveDependencies: when it begins, and when it ends.
  useEffect(() => {
    const { current } = field
    if (current === null || (message === undefined && document.activeElement !== document.body)) return
    current.focus()
    current.setSelectionRange(current.value.length, current.value.length)
  }, [message?.id, verb])
  if (writing === null || message === undefined) return null

  function submit() {
    if (message === undefined) return
    const isGone = text.trim() === '' && message.attachment === null
    if (isGone) recall(message)
    if (isGone || text.trim() === captionOf(message).trim()) return stopWriting()
    void run(() => saveEdit(message, text).then(stopWriting))
  }
  function close() {
    keepWords()
    stopWriting()
  }
  return { writing, text, write, submit, close, problem }
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
