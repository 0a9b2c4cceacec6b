/** Pure rules of what is shown of a long text before somebody wants all of it: whole lines, as far as one can tell. */
import { isCjk } from '../../lib/scripts'

export const WIDE = 85 // columns of a line, of which Chinese takes two a character
export const NARROW = 42

const LONG = 30 // lines; a shorter text is shown as a whole
const SHOWN = 20 // lines of a longer one
const LONGEST_WORD = 24

/** Null where the text isn't long. */
export function beginningOf(text: string, columns: number): string | null {
  let lines = 0
  let end = -1
  for (let start = 0; start <= text.length; ) {
    const found = text.indexOf('\n', start)
    const stop = found === -1 ? text.length : found
    const taken = Math.max(1, Math.ceil(widthOf(text.slice(start, stop)) / columns))
    if (end === -1 && lines + taken > SHOWN) end = cut(text, start, stop, (SHOWN - lines) * columns)
    lines += taken
    if (lines > LONG) return withoutHollowEnd(text.slice(0, end))
    start = stop + 1
  }
  return null
}

const columnsOf = (character: string): number => (isCjk(character) ? 2 : 1)

const widthOf = (line: string): number =>
  Array.from(line).reduce((width, character) => width + columnsOf(character), 0)

/** Within a line, as far as there is room, and not within a word. */
function cut(text: string, start: number, stop: number, room: number): number {
  let at = start
  for (let left = room; at < stop; ) {
    const character = String.fromCodePoint(text.codePointAt(at) ?? 32)
    left -= columnsOf(character)
    if (left < 0) break
    at += character.length
  }
  const word = at === stop ? 0 : text.slice(start, at).search(/[^\s]{0,24}$/u)
  const isShort = word > 0 && at - start - word < LONGEST_WORD && !isCjk(text[at] ?? '')
  return isShort ? start + word : at
}

/** A mark of form without the words that it is for would be taken for words. */
function withoutHollowEnd(text: string): string {
  const whole = text.trimEnd()
  const shorter = whole.replace(/\n[ \t]*(`{3,}[^\n]*|~{3,}[^\n]*|[>#*+-]+|\d+[.)])$/, '')
  return shorter === whole ? whole : withoutHollowEnd(shorter)
}
