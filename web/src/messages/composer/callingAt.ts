/** Pure rules of completing a mention while it is written. */
import { fitOfPerson, folded, likeliest } from '../../lib/names'
import type { Member } from '../../lib/types'

export interface Calling {
  /** Where the "@" stands. */
  start: number
  /** What is written behind it. */
  query: string
}

const LONGEST = 40
const HEAD = /(?:^|[^\p{L}\p{N}_/@＠]|[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Hang}])[@＠]([^\s@＠]*)$/u

/** The mention that the caret stands in; null where it is in none. */
export function callingAt(text: string, caret: number): Calling | null {
  const before = text.slice(Math.max(0, caret - LONGEST - 2), caret)
  const query = HEAD.exec(before)?.[1]
  return query === undefined ? null : { start: caret - query.length - 1, query }
}

export const MOST = 6
const ALL = ['all', '所有人']

export type Candidate = Member | 'all'

interface Room {
  members: Member[]
  online: Record<number, boolean>
  /** Ids of who wrote lately, the last first. */
  recent: number[]
  myId: number
  mayCallAll: boolean
}

/** Whom the words behind the "@" may mean, the likeliest first. */
export function candidates(query: string, { members, online, recent, myId, mayCallAll }: Room): Candidate[] {
  const sought = folded(query)
  const lately = (id: number) => (recent.includes(id) ? recent.indexOf(id) : recent.length)
  const others = members
    .filter(({ id }) => id !== myId)
    .sort(
      (a, b) =>
        Number(online[b.id] ?? false) - Number(online[a.id] ?? false) ||
        lately(a.id) - lately(b.id) ||
        a.username.localeCompare(b.username),
    )
  const ranked: Candidate[] = likeliest(others, (member) => fitOfPerson(sought, member))
  const isAll = mayCallAll && ALL.some((word) => word.startsWith(sought))
  const people = ranked.slice(0, isAll ? MOST - 1 : MOST)
  return isAll ? [...people, 'all'] : people
}

export const nameOf = (candidate: Candidate): string =>
  candidate === 'all' ? 'all' : (candidate.display_name ?? candidate.username)
