/** Counting text as the server does. */

/** In code points, whatever a browser's strings count: an emoji is one of them, and two of JavaScript's. */
export function charactersIn(text: string): number {
  let count = 0
  for (const _ of text) count += 1
  return count
}

/** How many code points a text has too many; 0 when it fits. */
export const charactersBeyond = (text: string, limit: number): number =>
  text.length <= limit ? 0 : Math.max(0, charactersIn(text) - limit)
