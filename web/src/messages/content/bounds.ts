/** How much of others' words is given form: parsing them must not hold up the page of whoever reads. */

const MOST_CELLS = 2_000
const MOST_LINES = 1_000
/** Longer code is shown without colours. */
export const MOST_COLOURED = 2_000 // characters

/** Shown as plain text, folded. */
export function isTooMuch(text: string): boolean {
  return countUpTo(text, '|', MOST_CELLS) > MOST_CELLS || countUpTo(text, '\n', MOST_LINES) >= MOST_LINES
}

function countUpTo(text: string, sign: string, most: number): number {
  let count = 0
  for (let at = text.indexOf(sign); at !== -1 && count <= most; at = text.indexOf(sign, at + 1)) count += 1
  return count
}
