/** How much of others' words is given form: parsing them must not hold up the page of whoever reads. */

const MOST_LINES = 1_000
/** Longer code is shown without colours. */
export const MOST_COLOURED = 2_000 // characters

/** Shown as plain text, folded. */
export function isTooMuch(text: string): boolean {
  let count = 0
  for (let at = text.indexOf('\n'); at !== -1 && count < MOST_LINES; at = text.indexOf('\n', at + 1))
    count += 1
  return count >= MOST_LINES
}
