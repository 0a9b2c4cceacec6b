/** What was searched for last, kept on the device for each account; what a guest searched for is kept nowhere. */
import { ownerHere } from '../accounts/owner'
import { currentUser } from '../accounts/store'
import { kept, keptJson } from '../lib/storage'
import { sessionStore } from '../lib/stores'

const MOST = 5

/** The last first; null until it was looked up. */
export const useRecent = sessionStore<{ texts: string[] | null }>({ texts: null })

const key = (): string => `lanchat.searches.${ownerHere()}`

export function loadRecent(): string[] {
  const { texts } = useRecent.getState()
  if (texts !== null) return texts
  const found: unknown = keptJson(key(), [])
  const known = Array.isArray(found) ? found.filter((each) => typeof each === 'string').slice(0, MOST) : []
  useRecent.setState({ texts: known })
  return known
}

function keep(texts: string[]): void {
  useRecent.setState({ texts })
  if (currentUser()?.is_guest === false) kept.set(key(), texts.length === 0 ? null : JSON.stringify(texts))
}

export function noteSearch(text: string): void {
  const said = text.trim()
  if (said !== '') keep([said, ...loadRecent().filter((each) => each !== said)].slice(0, MOST))
}

/** One of them; without a text all. */
export function forgetSearch(text?: string): void {
  keep(text === undefined ? [] : loadRecent().filter((each) => each !== text))
}
