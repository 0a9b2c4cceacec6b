/** Looks people up by a few letters, a moment after the last of them. */
import { useEffect, useState } from 'react'
import { asChatError } from '../lib/errors'
import { errorText } from '../lib/errorText'
import type { User } from '../lib/types'
import { findPeople } from './direct'

const PAUSE = 120 // ms after typing

interface Found {
  query: string
  users: User[]
  problem: string | null
}

interface People {
  /** Those of the last answer; null before the first. */
  found: User[] | null
  /** Whether they are those of an earlier query. */
  isLooking: boolean
  problem: string | null
}

const NOBODY: People = { found: [], isLooking: false, problem: null }

/** `needsWords`: without any, nobody is asked for; else everybody is. */
export function usePeople(query: string, needsWords = false): People {
  const wanted = query.trim()
  const isIdle = needsWords && wanted === ''
  const [last, setLast] = useState<Found | null>(null)
  useEffect(() => {
    if (isIdle) return
    let isWanted = true
    const note = (users: User[], problem: string | null) =>
      isWanted && setLast({ query: wanted, users, problem })
    const timer = setTimeout(
      () =>
        findPeople(wanted).then(
          (users) => note(users, null),
          (reason) => note([], errorText(asChatError(reason))),
        ),
      wanted === '' ? 0 : PAUSE,
    )
    return () => {
      isWanted = false
      clearTimeout(timer)
    }
  }, [wanted, isIdle])
  if (isIdle) return NOBODY
  return { found: last?.users ?? null, isLooking: last?.query !== wanted, problem: last?.problem ?? null }
}
