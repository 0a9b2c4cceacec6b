/** Pure rules of how a hit is shown: the words around the first place found, and what becomes of it in a change. */
import type { components } from '../contract'
import { isCjk } from '../lib/scripts'
import type { Message } from '../lib/types'

export type Hit = components['schemas']['Hit']
/** From and up to, in UTF-16 units. */
type Span = readonly number[]

export interface Piece {
  text: string
  isFound: boolean
}

const LEAD = 36 // columns before the first place found, of which Chinese takes two a character
const SHOWN = 260 // UTF-16 units; two lines hold no more

/** Two lines' worth of a message, with what was found in it. */
export function excerpt(content: string, highlights: readonly Span[]): Piece[] {
  const start = startOf(content, highlights[0]?.[0] ?? 0)
  const end = Math.min(content.length, start + SHOWN)
  const pieces: Piece[] = []
  const add = (from: number, to: number, isFound: boolean) => {
    const text = shown(content.slice(from, to), isFound)
    if (text !== '') pieces.push({ text, isFound })
  }
  let at = start
  for (const [from = 0, to = 0] of highlights) {
    if (from >= end) break
    add(at, from, false)
    add(from, Math.min(to, end), true)
    at = Math.min(to, end)
  }
  add(at, end, false)
  if (start > 0) pieces.unshift({ text: '…', isFound: false })
  return pieces
}

/** As far before the first place as fits, and not within a word. */
function startOf(content: string, first: number): number {
  let start = first
  for (let columns = 0; start > 0 && columns < LEAD; start -= 1)
    columns += isCjk(content[start - 1] ?? '') ? 2 : 1
  if (start === 0) return 0
  const blank = content.slice(start, first).search(/\s/)
  if (blank !== -1 && !isCjk(content[start] ?? '')) return start + blank + 1
  return /[\udc00-\udfff]/.test(content[start] ?? '') ? start + 1 : start
}

/** Without the signs of Markdown that would only be in the way. */
function shown(text: string, isFound: boolean): string {
  const plain = isFound
    ? text
    : text.replace(/\*\*|~~|`+/g, '').replace(/(^|\n)[ \t]*(#{1,6}|>+|[-+*])[ \t]+/g, '$1')
  return plain.replace(/\s+/g, ' ')
}

/** Where the words that were found before stand in other words. */
function found(words: Set<string>, content: string): Span[] {
  if (words.size === 0) return []
  const any = [...words].map((word) => word.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&')).join('|')
  return [...content.matchAll(new RegExp(any, 'giu'))].map(({ 0: word, index }) => [
    index,
    index + word.length,
  ])
}

/** A hit after a change of its message; null where that has nothing any more of what was found in it. */
export function renewed(hit: Hit, message: Message): Hit | null {
  if (message.changed_seq < hit.message.changed_seq) return hit
  if (message.is_deleted) return null
  if (message.content === hit.message.content) return { ...hit, message }
  const before = hit.message.content
  const words = new Set(hit.highlights.map(([from, to]) => before.slice(from, to).toLowerCase()))
  const highlights = found(words, message.content).map((span) => [...span])
  return hit.highlights.length > 0 && highlights.length === 0 ? null : { ...hit, message, highlights }
}
