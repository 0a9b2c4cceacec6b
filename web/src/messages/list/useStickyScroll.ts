/** Scrolling of a chat: stays at the end while at the end, keeps its place while older pages arrive. */
import { type RefObject, useEffect, useLayoutEffect, useRef, useState } from 'react'
import type { VirtualizerHandle } from 'virtua'
import { useUnfolded } from '../content/unfolded'
import type { Row } from '../state/rows'

const AT_END = 32 // px
const LOAD_BEFORE = 200 // px
const MEASURED_AFTER = 200 // ms; until then, rows that nobody has measured may look as if all of them fitted in

interface Options {
  rows: Row[]
  onNearStart: () => void
  onEnd: () => void
  /** The last row is the last of the room, and stays in view; else what follows is to be asked for. */
  isWhole: boolean
  /** Begins at the line "New", where there is one. */
  beginsAtLine: boolean
  onNearEnd: () => void
}

interface Sticky {
  handle: RefObject<VirtualizerHandle | null>
  /** The last change put rows before the first one. */
  isShifted: boolean
  isAtEnd: boolean
  onScroll: (offset: number) => void
  onResize: () => void
  jumpToEnd: () => void
  /** To the line "New"; to the first row where it isn't loaded. */
  jumpToLine: () => void
  /** With this row in the middle. */
  jumpToRow: (index: number) => void
}

/** Where the line "New" stands; -1 without one. */
const lineIn = (rows: Row[]): number => rows.findIndex((row) => row.kind === 'new')

export function useStickyScroll(options: Options): Sticky {
  const { rows, onNearStart, onNearEnd, onEnd, isWhole, beginsAtLine } = options
  const handle = useRef<VirtualizerHandle>(null)
  const sticks = useRef(true)
  const isPlaced = useRef(false)
  const placing = useRef<ReturnType<typeof setTimeout> | null>(null)
  // Where unread messages wait, the end isn't in view, not even before the list has been placed.
  const [isAtEnd, setAtEnd] = useState(() => !beginsAtLine || lineIn(rows) <= 0)
  const [known, setKnown] = useState({ first: '', count: 0 })
  const first = rows.find((row) => row.kind === 'message')?.key ?? ''
  const isShifted = known.first !== '' && first !== known.first && rows.length > known.count
  const last = rows.at(-1)

  function jumpToEnd() {
    if (placing.current !== null) clearTimeout(placing.current)
    placing.current = null
    sticks.current = true
    if (rows.length > 0) handle.current?.scrollToIndex(rows.length - 1, { align: 'end' })
  }

  function jumpToLine() {
    setAtEnd(false)
    place(() => handle.current?.scrollToIndex(Math.max(0, lineIn(rows)), { align: 'start', offset: -48 }))
  }

  function jumpToRow(index: number) {
    place(() => handle.current?.scrollToIndex(index, { align: 'center' }))
  }

  /** Elsewhere than at the end. Whether that is the end nevertheless is seen once the rows have been measured. */
  function place(scroll: () => void) {
    sticks.current = false
    if (placing.current !== null) clearTimeout(placing.current)
    placing.current = setTimeout(() => {
      placing.current = null
      noteEndNow.current()
    }, MEASURED_AFTER)
    scroll()
  }

  useLayoutEffect(() => {
    if (known.first !== first || known.count !== rows.length) setKnown({ first, count: rows.length })
  }, [first, rows.length, known])

  // biome-ignore lint/correctness/useExhaustiveDependencies: only a new last row or the first placing may scroll.
  useLayoutEffect(() => {
    if (rows.length === 0) return
    const line = beginsAtLine ? lineIn(rows) : -1
    if (!isPlaced.current && line > 0) {
      jumpToLine()
    } else if ((sticks.current && (isWhole || !isPlaced.current)) || last?.kind === 'unsent') {
      jumpToEnd()
    }
    isPlaced.current = true
  }, [last?.key])

  // At the very top, or in a short list, no scrolling would ever ask for the page before.
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked anew whenever the first message is another.
  useEffect(() => {
    const frame = requestAnimationFrame(() => {
      if ((handle.current?.scrollOffset ?? LOAD_BEFORE) < LOAD_BEFORE) onNearStart()
    })
    return () => cancelAnimationFrame(frame)
  }, [first])

  function onScroll(offset: number) {
    noteEnd(offset)
    if (offset < LOAD_BEFORE) onNearStart()
  }

  function noteEnd(offset: number) {
    const list = handle.current
    if (list === null || placing.current !== null) return
    const left = list.scrollSize - offset - list.viewportSize
    if (!isWhole && left < LOAD_BEFORE) onNearEnd()
    const isEnd = isWhole && left < AT_END
    sticks.current = isEnd
    setAtEnd(isEnd)
    if (isEnd) onEnd()
  }

  const noteEndNow = useRef(() => {})
  noteEndNow.current = () => noteEnd(handle.current?.scrollOffset ?? 0)
  useEffect(() => () => clearTimeout(placing.current ?? undefined), [])

  // Whoever wants to see all of a long text reads on from there, and not at its end.
  useEffect(
    () =>
      useUnfolded.subscribe(({ keys }, before) => {
        if (keys.length > before.keys.length && keys.at(-1)?.startsWith('room:')) sticks.current = false
      }),
    [],
  )

  // The viewport shrinks for a keyboard, and pictures and code grow after they were placed. When it grows
  // again, the browser has scrolled before the list knows its new height: only now is the end seen to be there.
  function onResize() {
    if (sticks.current && isWhole) jumpToEnd()
    else noteEndNow.current()
  }

  return { handle, isShifted, isAtEnd, onScroll, onResize, jumpToEnd, jumpToLine, jumpToRow }
}
