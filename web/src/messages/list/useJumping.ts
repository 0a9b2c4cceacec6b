/** Brings the list to the message that was asked for, and to the part of the room that has it. */
import { useEffect } from 'react'
import { arrive, bring, useJump } from '../actions/jump'
import type { Row } from '../state/rows'

function has(row: Row, id: number): boolean {
  if (row.kind === 'gone') return row.messages.some((message) => message.id === id)
  return row.kind === 'message' && row.message.id === id
}

export function useJumping(roomId: number, rows: Row[], show: (index: number) => void): void {
  const to = useJump((state) => (state.to?.room_id === roomId ? state.to : null))
  const index = to === null ? -1 : rows.findIndex((row) => has(row, to.id))
  const isThere = index !== -1
  // biome-ignore lint/correctness/useExhaustiveDependencies: once it is there.
  useEffect(() => {
    if (to === null || !isThere) return
    // The page that brought it is laid out first.
    const frame = requestAnimationFrame(() => {
      show(index)
      arrive(to)
    })
    return () => cancelAnimationFrame(frame)
  }, [to, isThere])
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked once, for each that isn't there.
  useEffect(() => {
    if (to !== null && !isThere) void bring(to)
  }, [to])
}
