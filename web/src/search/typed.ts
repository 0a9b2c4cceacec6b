/** Pure rules of filters that stand among the words while they are typed: each is taken out once it is whole. */
import type { Has, Place } from './wish'

export interface Typed {
  /** What remains to be searched for. */
  text: string
  from?: string
  place?: Place
  before?: string
  after?: string
  has?: Has
}

// A phrase is searched for as it stands, and so is what follows a quotation mark that isn't closed yet.
const PART =
  /-?["“][^"“”]*(?:["”]|$)|(?<=^|\s)(from|in|before|after|has)[:：](?:"([^"]*)"|([^\s"“]\S*))(\s+|$)/giu
const KINDS: Record<string, Has> = { file: 'file', image: 'image', link: 'link' }

/** A filter is whole once a blank follows it, or where `isDone` at the end as well. A second kind stays among the words. */
export function takeFilters(
  typed: string,
  placeCalled: (name: string) => Place | null,
  isDone = false,
  hasKind = false,
): Typed {
  const found: Omit<Typed, 'text'> = {}
  const text = typed.replace(PART, (part, name?: string, quoted?: string, plain?: string, after?: string) => {
    const value = (quoted ?? plain ?? '').trim()
    if (name === undefined || value === '' || (after === '' && !isDone)) return part
    return note(found, name.toLowerCase(), value, placeCalled, hasKind) ? '' : part
  })
  return { text, ...found }
}

/** Whether it is one. */
function note(
  found: Omit<Typed, 'text'>,
  name: string,
  value: string,
  placeCalled: (name: string) => Place | null,
  hasKind: boolean,
): boolean {
  if (name === 'from') found.from = value
  else if (name === 'in') {
    const place = placeCalled(value)
    if (place === null) return false
    found.place = place
  } else if (name === 'has') {
    const kind = KINDS[value.toLowerCase()]
    if (kind === undefined || hasKind || found.has !== undefined) return false
    found.has = kind
  } else if (name === 'before' || name === 'after') {
    if (!isDay(value)) return false
    found[name] = value
  }
  return true
}

/** `2026-11-01`, and a day that there is. */
export function isDay(text: string): boolean {
  const date = /^\d{4}-\d\d-\d\d$/.test(text) ? new Date(`${text}T00:00:00Z`) : null
  return date !== null && !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text)
}
