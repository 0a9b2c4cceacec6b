/** What is searched for, and whether that is enough to ask the server. */
import type { paths } from '../contract'
import { isOfWord } from '../lib/scripts'
import { charactersIn } from '../lib/text'

type Query = NonNullable<paths['/api/search/']['get']['parameters']['query']>

export type Has = NonNullable<Query['has']>

export interface Author {
  username: string
  display_name: string | null
}

export interface Wish {
  text: string
  /** Of this room only; null for all of mine. */
  roomId: number | null
  from: Author | null
  has: Has | null
}

const PAGE = 20

/** One character says something in Chinese; of the scripts that spell, two. Filters alone are a wish. */
export function isWorthAsking({ text, from, has }: Wish): boolean {
  const words = text.trim()
  if (words === '') return from !== null || has !== null
  return charactersIn(words) > 1 || !isOfWord(words)
}

const zone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone

export function queryOf({ text, roomId, from, has }: Wish, cursor: string | null, limit = PAGE): Query {
  return {
    ...{ q: text.trim(), limit, tz: zone() },
    ...(roomId === null ? {} : { room_id: roomId }),
    ...(from === null ? {} : { from: from.username }),
    ...(has === null ? {} : { has }),
    ...(cursor === null ? {} : { cursor }),
  }
}
