import { useEffect, useState } from 'react'

/** Counts down to a moment (ms since 1970); 0 when it is over, null without one. */
export function useSecondsTo(moment: unknown): number | null {
  const [now, setNow] = useState(Date.now)
  const left = typeof moment === 'number' ? Math.max(0, Math.ceil((moment - now) / 1000)) : null
  const isOver = left === null || left === 0
  useEffect(() => {
    setNow(Date.now())
    if (typeof moment !== 'number' || isOver) return
    const timer = setInterval(() => setNow(Date.now()), 1_000)
    return () => clearInterval(timer)
  }, [isOver, moment])
  return left
}
