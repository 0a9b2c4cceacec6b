/** Which message an address leads to. */
import type { Goal } from './jump'

const PATH = /^\/r\/(\d{1,15})\/m\/(\d{1,15})\/?$/

/** Null where the path is none of a message. */
export function goalAt(path: string): Goal | null {
  const found = PATH.exec(path)
  return found === null ? null : { room_id: Number(found[1]), id: Number(found[2]) }
}
