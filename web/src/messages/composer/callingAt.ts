/** Pure rules of completing a mention while it is written. */
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
  const sought = query.normalize('NFKC').toLowerCase()
  const lately = (id: number) => (recent.includes(id) ? recent.indexOf(id) : recent.length)
  const ranked = members
    .filter(({ id }) => id !== myId)
    .map((member) => ({ member, fit: fitOf(member, sought) }))
    .filter(({ fit }) => fit < NONE)
    .sort(
      ({ member: a, fit: fitA }, { member: b, fit: fitB }) =>
        fitA - fitB ||
        Number(online[b.id] ?? false) - Number(online[a.id] ?? false) ||
        lately(a.id) - lately(b.id) ||
        a.username.localeCompare(b.username),
    )
    .map(({ member }): Candidate => member)
  const isAll = mayCallAll && ALL.some((word) => word.startsWith(sought))
  const people = ranked.slice(0, isAll ? MOST - 1 : MOST)
  return isAll ? [...people, 'all'] : people
}

const NONE = 2

/** 0: a name or its sound begins so; 1: it stands within; `NONE`. */
function fitOf({ username, display_name, initials }: Member, sought: string): number {
  const names = [username, display_name ?? ''].map((name) => name.normalize('NFKC').toLowerCase())
  if ([...names, initials ?? ''].some((name) => name !== '' && name.startsWith(sought))) return 0
  return names.some((name) => name.includes(sought)) ? 1 : NONE
}

export const nameOf = (candidate: Candidate): string =>
  candidate === 'all' ? 'all' : (candidate.display_name ?? candidate.username)
