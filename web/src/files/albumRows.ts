/** How many pictures of an album stand side by side, from their number alone: nothing moves once they have loaded. */

/** By number of pictures, how many stand in each row. */
const ROWS: Record<number, number[]> = {
  2: [2],
  3: [1, 2],
  4: [2, 2],
  5: [2, 3],
  6: [3, 3],
  7: [2, 2, 3],
  8: [2, 3, 3],
  9: [3, 3, 3],
  10: [2, 2, 3, 3],
}

export const ALBUM = 'my-1 w-90 max-w-full'

export function albumRows(count: number): number[] {
  const rows = ROWS[count]
  if (rows !== undefined) return rows
  return Array.from({ length: Math.ceil(count / 3) }, (_, row) => Math.min(3, count - 3 * row))
}

/** Height of a row in parts of the album's width: square tiles, and one alone half as high. */
const heightOf = (tiles: number): number => (tiles === 1 ? 1 / 2 : 1 / tiles)

/** Width by height. */
export const albumRatio = (count: number): number =>
  1 / albumRows(count).reduce((height, tiles) => height + heightOf(tiles), 0)

/** For each picture, how many sixths of the width it has. */
export const tileSpans = (count: number): number[] =>
  albumRows(count).flatMap((tiles) => Array<number>(tiles).fill(6 / tiles))
