/** What uploads that may go on leave in this browser: an address each, and nothing that tells what the file is. */
import { kept, keptJson } from '../lib/storage'

export interface Trace {
  url: string
  at: number // ms
}

const LIFE = 24 * 3600_000 // ms, for which the server keeps what has arrived
const PREFIX = 'lanchat.upload.'
const EARLIER = 'tus::' // where names of files stood

export const tracesOf = (owner: string): string => `${PREFIX}${owner}.`

function forget(isToGo: (key: string) => boolean): void {
  for (const key of kept.keys()) if (isToGo(key)) kept.set(key, null)
}

/** Of somebody who will not come back to them. */
export const forgetTraces = (owner: string): void => forget((key) => key.startsWith(tracesOf(owner)))

/** What the server has forgotten, too. */
export function forgetOldTraces(): void {
  const isOld = (key: string) => (keptJson<Trace | null>(key, null)?.at ?? 0) < Date.now() - LIFE
  forget((key) => key.startsWith(EARLIER) || (key.startsWith(PREFIX) && isOld(key)))
}
