/** Where uploads under way go on, after a reload as well. */
import { ownerHere } from '../accounts/owner'
import { kept, keptJson } from '../lib/storage'
import { type Trace, tracesOf } from './traces'

/** Of two accounts in one browser none goes on with what is the other's. */
export const keyOf = ({ name, type, size, lastModified }: File): string =>
  tracesOf(ownerHere()) + hash([name, type, size, lastModified].join('\n'))

export const addressAt = (key: string): string | null => keptJson<Trace | null>(key, null)?.url ?? null

export function keepAddress(key: string, url: string): void {
  kept.set(key, JSON.stringify({ url, at: Date.now() } satisfies Trace))
}

export const forgetAddress = (key: string): void => kept.set(key, null)

/** 64 bits, by FNV-1a in two lanes: `crypto.subtle` is absent on plain HTTP. */
function hash(text: string): string {
  let [a, b] = [0x811c9dc5, 0x9e3779b9]
  for (const byte of new TextEncoder().encode(text)) {
    a = Math.imul(a ^ byte, 0x01000193)
    b = Math.imul(b ^ byte, 0x85ebca6b)
  }
  return [a, b].map((half) => (half >>> 0).toString(36)).join('')
}
