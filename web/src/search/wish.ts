/** What is searched for, and whether that is enough to ask the server. */
import type { paths } from '../contract'
import { isOfWord } from '../lib/scripts'
import { charactersIn } from '../lib/text'

export type Query = NonNullable<paths['/api/search/']['get']['parameters']['query']>

export type Has = NonNullable<Query['has']>

export interface Author {
  username: string
  display_name: string | null
}

export interface Place {
  id: number
  name: string
}

export interface Filters {
  /** Another room than the open one. */
  place: Place | null
  from: Author | null
  has: Has | null
  after: string | null
  before: string | null
}

export const UNFILTERED: Filters = { place: null, from: null, has: null, after: null, before: null }

export interface Wish {
  text: string
  /** Of this room only; null for all of mine. */
  roomId: number | null
  from: Author | null
  has: Has | null
  /** From the start of this day on, and before that one: `2026-11-01`. */
  after: string | null
  before: string | null
}

export const ANY: Wish = { text: '', roomId: null, from: null, has: null, after: null, before: null }

const PAGE = 20

/** One character says something in Chinese; of the scripts that spell, two. Filters alone are a wish. */
export function isWorthAsking({ text, from, has, after, before }: Wish): boolean {
  const words = text.trim()
  if (words === '') return [from, has, after, before].some((filter) => filter !== null)
  return charactersIn(words) > 1 || !isOfWord(words)
}

const zone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone

export function queryOf(
  { text, roomId, from, has, after, before }: Wish,
  cursor: string | null,
  limit = PAGE,
): Query {
  return {
    ...{ q: text.trim(), limit, tz: zone() },
    ...(roomId === null ? {} : { room_id: roomId }),
    ...(from === null ? {} : { from: from.username }),
    ...(has === null ? {} : { has }),
    ...(after === null ? {} : { after }),
    ...(before === null ? {} : { before }),
    ...(cursor === null ? {} : { cursor }),
  }
}
