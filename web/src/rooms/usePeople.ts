/** Looks people up by a few letters. */
import { useEffect } from 'react'
import type { User } from '../lib/types'
import { type Lookup, useLookup } from '../lib/useLookup'
import { findPeople, forgetKnown } from './acquaintances'

/** `needsWords`: without any, nobody is asked for; else everybody is. */
export function usePeople(query: string, needsWords = false): Lookup<User> {
  const wanted = query.trim()
  useEffect(() => forgetKnown, [])
  return useLookup(wanted, findPeople, needsWords && wanted === '')
}
