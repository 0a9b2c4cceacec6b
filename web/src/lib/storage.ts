/** Small values kept in the browser; a browser that blocks storage loses them at reload, and nothing else. */

function read(area: () => Storage, key: string): string | null {
  try {
    return area().getItem(key)
  } catch {
    return null
  }
}

function write(area: () => Storage, key: string, value: string | null): void {
  try {
    if (value === null) area().removeItem(key)
    else area().setItem(key, value)
  } catch {
    // Private mode or a full quota: the value lives in memory only.
  }
}

function namesIn(area: () => Storage): string[] {
  try {
    return Array.from({ length: area().length }, (_, index) => area().key(index) ?? '')
  } catch {
    return []
  }
}

const local = () => localStorage
const session = () => sessionStorage

export const kept = {
  get: (key: string) => read(local, key),
  set: (key: string, value: string | null) => write(local, key, value),
  keys: (): string[] => namesIn(local),
}

/** Gone when the tab closes. */
export const keptForTab = {
  get: (key: string) => read(session, key),
  set: (key: string, value: string | null) => write(session, key, value),
}

export function keptJson<T>(key: string, fallback: T): T {
  const text = kept.get(key)
  if (text === null) return fallback
  try {
    return JSON.parse(text) as T
  } catch {
    return fallback
  }
}
