/**
 * Tables of a message, as large as somebody may look at: a larger one, or one that would lose words, stays as it was
 * typed. Decided before there are cells, as each row is filled up to the width of the first.
 */
import type { MarkdownIt, StateBlock } from 'markdown-it'

const MOST_COLUMNS = 30
const MOST_ROWS = 100
const MOST_CELLS = 2_000 // of all tables of a message

interface Counted {
  cells?: number
}

export function boundTables(markdown: MarkdownIt): void {
  markdown.block.ruler.before('table', 'large table', keepAsTyped, { alt: ['paragraph', 'reference'] })
}

/** True for what looks like a table and is to be none. */
function keepAsTyped(state: StateBlock, start: number, end: number, silent: boolean): boolean {
  if (start + 2 > end || !isRuler(lineAt(state, start + 1))) return false
  const columns = cellsIn(lineAt(state, start))
  if (columns === 0 || columns !== cellsIn(lineAt(state, start + 1))) return false
  const { rows, isWider } = rowsBelow(state, start + 2, end, columns)
  const env = state.env as Counted
  const cells = (env.cells ?? 0) + columns * (rows + 1)
  if (columns <= MOST_COLUMNS && rows <= MOST_ROWS && cells <= MOST_CELLS && !isWider) {
    if (!silent) env.cells = cells
    return false
  }
  if (!silent) typed(state, start, end)
  return true
}

const isRuler = (line: string): boolean => /^[-:|][-:|\s]*$/.test(line) && line.includes('-')

const lineAt = (state: StateBlock, line: number): string =>
  state.src.slice((state.bMarks[line] ?? 0) + (state.tShift[line] ?? 0), state.eMarks[line])

function cellsIn(line: string): number {
  const cells = line.trim().split(/(?<!\\)\|/)
  return cells.length - Number(cells[0] === '') - Number(cells.length > 1 && cells.at(-1) === '')
}

/** How many rows there are, as far as they may be; whether one has cells that would stand in no column. */
function rowsBelow(state: StateBlock, from: number, end: number, columns: number) {
  let isWider = false
  let line = from
  for (; line < end && line - from <= MOST_ROWS && !isOver(state, line, end); line += 1)
    isWider ||= cellsIn(lineAt(state, line)) > columns
  return { rows: line - from, isWider }
}

/** As the parser's own table ends. */
function isOver(state: StateBlock, line: number, end: number): boolean {
  const indent = (state.sCount[line] ?? 0) - state.blkIndent
  const ends = () => state.md.block.ruler.getRules('blockquote').some((rule) => rule(state, line, end, true))
  return state.isEmpty(line) || indent < 0 || indent >= 4 || ends()
}

function typed(state: StateBlock, start: number, end: number): void {
  let line = start + 2
  while (line < end && !isOver(state, line, end)) line += 1
  state.push('paragraph_open', 'p', 1)
  const words = state.push('inline', '', 0)
  words.content = state.getLines(start, line, state.blkIndent, false).trim()
  words.children = []
  state.push('paragraph_close', 'p', -1)
  state.line = line
}
