/** Looks up what is typed, a moment after the last key: an answer counts only as long as nothing else is typed. */
import { useEffect, useState } from 'react'
import { asChatError } from './errors'
import { errorText } from './errorText'

const PAUSE = 120 // ms after typing

export interface Lookup<T> {
  /** Those of the last answer; null before the first. */
  found: T[] | null
  /** Whether they are those of an earlier query. */
  isLooking: boolean
  problem: string | null
}

interface Last<T> {
  query: string
  found: T[]
  problem: string | null
}

const NOTHING: Lookup<never> = { found: [], isLooking: false, problem: null }

/** `look` stays the same; where `isIdle`, nothing is asked. */
export function useLookup<T>(
  query: string,
  look: (query: string, isWanted: () => boolean) => Promise<T[]>,
  isIdle: boolean,
): Lookup<T> {
  const [last, setLast] = useState<Last<T> | null>(null)
  useEffect(() => {
    if (isIdle) return
    let isWanted = true
    const note = (found: T[], problem: string | null) => isWanted && setLast({ query, found, problem })
    const timer = setTimeout(
      () =>
        look(query, () => isWanted).then(
          (found) => note(found, null),
          (reason) => note([], errorText(asChatError(reason))),
        ),
      query === '' ? 0 : PAUSE,
    )
    return () => {
      isWanted = false
      clearTimeout(timer)
    }
  }, [query, look, isIdle])
  if (isIdle) return NOTHING
  return { found: last?.found ?? null, isLooking: last?.query !== query, problem: last?.problem ?? null }
}
