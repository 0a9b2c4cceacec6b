/** Pure rules of what a few typed letters mean: beginnings before what is only read so, and that before what stands within. */

export const BEGINS = 0
export const BY_INITIALS = 1
export const WITHIN = 2
export const NO_FIT = 3

interface Person {
  username: string
  display_name: string | null
  initials: string | null
}

/** As it is compared: neither case nor width counts. */
export const folded = (text: string): string => text.normalize('NFKC').toLowerCase()

/** `sought` is folded; of nothing, everything begins so. */
export function fitOf(sought: string, names: (string | null)[], initials: string | null): number {
  const known = names.flatMap((name) => (name === null ? [] : [folded(name)]))
  if (known.some((name) => name.startsWith(sought))) return BEGINS
  if (initials?.startsWith(sought)) return BY_INITIALS
  return known.some((name) => name.includes(sought)) ? WITHIN : NO_FIT
}

export const fitOfPerson = (sought: string, { username, display_name, initials }: Person): number =>
  fitOf(sought, [display_name, username], initials)

/** Those that are meant at all, the likeliest first; of equal ones, as they came. */
export function likeliest<T>(items: T[], fit: (item: T) => number): T[] {
  return items
    .map((item) => ({ item, rank: fit(item) }))
    .filter(({ rank }) => rank < NO_FIT)
    .sort((a, b) => a.rank - b.rank)
    .map(({ item }) => item)
}
