/** Brings the list to the message that was asked for, loading as many pages before as it takes. */
import { useEffect } from 'react'
import { arrive, useJump } from '../actions/jump'
import type { Row } from '../state/rows'
import { loadBackTo } from '../state/timelines'

export function useJumping(roomId: number, rows: Row[], show: (index: number) => void): void {
  const to = useJump((state) => (state.to?.room_id === roomId ? state.to : null))
  const index = to === null ? -1 : rows.findIndex((row) => row.kind === 'message' && row.message.id === to.id)
  // biome-ignore lint/correctness/useExhaustiveDependencies: once it is there.
  useEffect(() => {
    if (to === null || index === -1) return
    // The page that brought it is laid out first.
    const frame = requestAnimationFrame(() => {
      show(index)
      arrive(to)
    })
    return () => cancelAnimationFrame(frame)
  }, [to, index === -1])
  useEffect(() => {
    if (to !== null) void loadBackTo(roomId, to.seq - 1).catch(() => undefined)
  }, [roomId, to])
}
