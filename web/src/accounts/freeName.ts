/** Names as this host takes them. */

const LONGEST = 20

/** "Anna" to "Anna_2", "Anna_2" to "Anna_3", within what a name may have. */
export function nextName(name: string): string {
  const [, stem = name, number] = /^(.*?)(?:_(\d{1,3}))?$/.exec(name) ?? []
  const suffix = `_${Number(number ?? 1) + 1}`
  return [...stem].slice(0, LONGEST - suffix.length).join('') + suffix
}

/** Blanks between words become "_". One at the end stays: keyboards of phones put it behind every word they propose. */
export function withoutBlanks(typed: string): string {
  return typed.trimStart().replace(/\s+(?=\S)/g, '_')
}
