/** The search: what is typed, asked and found. An answer counts only as long as nothing newer was asked. */
import { asChatError, type ChatError } from '../lib/errors'
import { onChanged } from '../lib/news'
import { on, onUp } from '../lib/socket'
import { sessionStore, whenSessionEnds } from '../lib/stores'
import type { Message } from '../lib/types'
import { type Hit, renewed } from './marks'
import { startAnew } from './pace'
import { nextHits, type Page } from './pages'
import { withFilters } from './placeFilters'
import { noteSearch } from './recent'
import { type Filters, isWorthAsking, queryOf, UNFILTERED, type Wish } from './wish'

export interface Found {
  /** What it was asked for. */
  wish: Wish
  hits: Hit[]
  /** Where it goes on; null at the end. */
  cursor: string | null
  suggestion: string | null
  /** What was said before this is not all found yet; null when it is. */
  completeFrom: string | null
}

interface Search extends Filters {
  text: string
  /** The room that is open; null where none is. */
  roomId: number | null
  isEverywhere: boolean
  isAsking: boolean
  isLoadingMore: boolean
  /** Null before anything was asked, and while what is typed is not enough. */
  found: Found | null
  problem: ChatError | null
}

export const useSearch = sessionStore<Search>({
  text: '',
  roomId: null,
  isEverywhere: false,
  ...UNFILTERED,
  isAsking: false,
  isLoadingMore: false,
  found: null,
  problem: null,
})

const ASK_AFTER = 120 // ms without a key
const MOST_AT_ONCE = 100 // hits in one answer

/** Grows with every question: what was asked before is not wanted any more. */
let question = 0
let asking: ReturnType<typeof setTimeout> | undefined
/** What changed since the question was asked, which the answer may not know. */
let heard = new Map<number, Message>()

export function wishOf({ text, roomId, isEverywhere, place, from, has, after, before }: Search): Wish {
  return { text, roomId: place?.id ?? (isEverywhere ? null : roomId), from, has, after, before }
}

/** `isComposing`: with an input method, whose letters are not what is meant. */
export function type(text: string, isComposing = false): void {
  useSearch.setState((state) => (isComposing ? { text } : withFilters(text, false, state.has !== null)))
  if (!isComposing) askIn(ASK_AFTER)
}

/** A filter at the end of what is typed is done as well. */
export const finishTyping = (): void =>
  useSearch.setState(({ text, has }) => withFilters(text, true, has !== null))

/** The last filter that stands before the field, as what is typed there last; whether there was one. */
export function dropLastFilter(): boolean {
  const state = useSearch.getState()
  const last = (['before', 'after', 'has', 'from', 'place'] as const).find((name) => state[name] !== null)
  if (last !== undefined) narrow({ [last]: null })
  return last !== undefined
}

/** Where, by whom and what: asked at once. */
export function narrow(to: Partial<Pick<Search, 'text' | 'isEverywhere' | keyof Filters>>): void {
  useSearch.setState(to)
  askIn(0)
}

/** Another room is opened. What is searched for everywhere stays as it was found. */
export function lookIn(roomId: number | null): void {
  const { roomId: before, isEverywhere, place } = useSearch.getState()
  if (before === roomId) return
  useSearch.setState({ roomId })
  if (!isEverywhere && place === null) askIn(0)
}

function askIn(ms: number): void {
  clearTimeout(asking)
  question += 1
  asking = setTimeout(() => void ask(), ms)
}

/** Without waiting for another key. */
export async function ask(limit?: number): Promise<void> {
  clearTimeout(asking)
  const mine = begin()
  const wish = wishOf(useSearch.getState())
  if (!isWorthAsking(wish)) {
    useSearch.setState({ isAsking: false, isLoadingMore: false, found: null, problem: null })
    return
  }
  useSearch.setState({ isAsking: true, isLoadingMore: false, problem: null })
  await look(mine, wish, null, limit)
}

/** The page after. */
export async function more(): Promise<void> {
  const { found, isAsking, isLoadingMore } = useSearch.getState()
  if (found === null || found.cursor === null || isAsking || isLoadingMore) return
  useSearch.setState({ isLoadingMore: true, problem: null })
  await look(begin(), wishOf(useSearch.getState()), found.cursor)
}

/** What failed, once more. */
export const retry = (): Promise<void> =>
  (useSearch.getState().found?.hits.length ?? 0) > 0 ? more() : ask()

function begin(): number {
  question += 1
  heard = new Map()
  return question
}

async function look(mine: number, wish: Wish, cursor: string | null, limit?: number): Promise<void> {
  const isWanted = () => mine === question
  const isOver = { isAsking: false, isLoadingMore: false }
  try {
    const page = await nextHits((at) => queryOf(wish, at, limit), cursor, isWanted)
    if (page === null || !isWanted()) return
    const known = cursor === null ? [] : (useSearch.getState().found?.hits ?? [])
    useSearch.setState({ ...isOver, found: withPage(wish, known, page) })
  } catch (reason) {
    if (!isWanted()) return
    const problem = asChatError(reason)
    // Signs alone are nothing to look for.
    if (problem.code === 'empty_query') useSearch.setState({ ...isOver, found: null })
    else useSearch.setState({ ...isOver, problem, ...(cursor === null ? { found: null } : {}) })
  }
}

function withPage(wish: Wish, known: Hit[], page: Page): Found {
  const ids = new Set(known.map(({ message }) => message.id))
  const fresh = page.hits.filter(({ message }) => !ids.has(message.id))
  const hits = [...known, ...fresh].flatMap((hit) => {
    const now = heard.get(hit.message.id)
    return (now === undefined ? hit : renewed(hit, now)) ?? []
  })
  const { next_cursor: cursor, suggestion, complete_from: completeFrom } = page
  return { wish, hits, cursor, suggestion, completeFrom }
}

/** A hit was opened, or its search confirmed. */
export const noteUse = (): void => noteSearch(useSearch.getState().text)

/** From elsewhere: in all rooms. */
export function searchEverywhere(text: string): void {
  narrow({ ...UNFILTERED, isEverywhere: true, ...withFilters(text, true) })
}

/** In the open room, whatever was searched for elsewhere before. */
export function searchHere(): void {
  const { isEverywhere, place } = useSearch.getState()
  if (isEverywhere || place !== null) narrow({ isEverywhere: false, place: null })
}

function keepHits(stays: (hit: Hit) => Hit | null): void {
  useSearch.setState(({ found }) =>
    found === null ? {} : { found: { ...found, hits: found.hits.flatMap((hit) => stays(hit) ?? []) } },
  )
}

onChanged((message) => {
  const { found, isAsking, isLoadingMore } = useSearch.getState()
  if (isAsking || isLoadingMore) heard.set(message.id, message)
  const before = found?.hits.find((hit) => hit.message.id === message.id)
  if (before === undefined || before.message.changed_seq > message.changed_seq) return
  const isReworded = !message.is_deleted && message.content !== before.message.content
  keepHits((hit) => (hit === before ? renewed(hit, message) : hit))
  // Whether other words are found as well, and where, only the server knows.
  if (isReworded && !isAsking && !isLoadingMore)
    void ask(Math.min(MOST_AT_ONCE, Math.max(20, found?.hits.length ?? 0)))
})

const leave = (roomId: number): void => keepHits((hit) => (hit.room.id === roomId ? null : hit))

on('room_left', ({ room_id }) => leave(room_id))
on('room_deleted', ({ room_id }) => leave(room_id))
onUp(() => {
  if (useSearch.getState().problem?.isPassing === true) void retry()
})
whenSessionEnds(() => {
  clearTimeout(asking)
  begin()
  startAnew()
})
