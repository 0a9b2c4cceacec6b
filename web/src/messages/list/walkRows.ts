/** The list of messages by keyboard: one stop for Tab, and arrows from message to message. */
import type { KeyboardEvent } from 'react'
import { focusComposer } from '../../lib/composerFocus'

const ROWS = 'article'

/** What is not on screen is not drawn, so a walk goes by what is: the next row is always there. */
export function walkRows(event: KeyboardEvent<HTMLElement>, toEnd: () => void): void {
  const { key, target, currentTarget: log } = event
  if (event.altKey || event.ctrlKey || event.metaKey || !(target instanceof HTMLElement)) return
  // Keys of a picture shown large come here too, by the tree of components; players have arrows of their own.
  if (!log.contains(target) || target.matches('video, audio')) return
  if (key === 'Escape') {
    focusComposer()
    return
  }
  const rows = [...log.querySelectorAll<HTMLElement>(ROWS)]
  const row = target.closest<HTMLElement>(ROWS)
  const at = row === null ? -1 : rows.indexOf(row)
  const next = key === 'ArrowUp' ? (at === -1 ? lastVisible(rows, log) : at - 1) : at + 1
  if (key === 'End') toEnd()
  else if (key !== 'ArrowUp' && (key !== 'ArrowDown' || at === -1)) return
  event.preventDefault()
  const goal = key === 'End' ? rows.at(-1) : rows[next]
  goal?.focus({ preventScroll: true })
  if (key !== 'End') goal?.scrollIntoView({ block: 'nearest' })
}

function lastVisible(rows: HTMLElement[], log: HTMLElement): number {
  const { bottom } = log.getBoundingClientRect()
  return rows.findLastIndex((row) => row.getBoundingClientRect().top < bottom)
}
