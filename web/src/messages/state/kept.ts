/** What is unsent, as the browser keeps it: for the next page, and for other tabs of mine. */
import { type Outbox, outbox, type Unsent } from '../../lib/outbox'
import { kept } from '../../lib/storage'

/** Where each entry has been seen; what never was there can't be missed. */
const seenIn = new Map<string, Outbox>()

export async function readKept(owner: string): Promise<Unsent[]> {
  const box = await outbox()
  const entries = await box.all(owner)
  for (const { client_id } of entries) seenIn.set(client_id, box)
  return entries
}

/** A full disk must not stop the sending: the message then lives in memory only. */
export async function store(entry: Unsent): Promise<void> {
  const box = await outbox()
  await box.put(entry).then(
    () => seenIn.set(entry.client_id, box),
    () => undefined,
  )
}

export async function remove(clientId: string): Promise<void> {
  seenIn.delete(clientId)
  await (await outbox()).remove(clientId).catch(() => undefined)
}

const GONE = 'lanchat.gone'

/** Tells my other tabs, which hear of each change of this storage. */
export function tellGone(clientId: string): void {
  kept.set(GONE, clientId)
  kept.set(GONE, null)
}

export function whenGone(hear: (clientId: string) => void): void {
  addEventListener('storage', ({ key, newValue }) => {
    if (key === GONE && newValue !== null) hear(newValue)
  })
}

/** By another tab, which has sent it or dropped it. A browser that doesn't answer has not lost it. */
export async function isTaken(clientId: string): Promise<boolean> {
  const box = await outbox()
  if (seenIn.get(clientId) !== box) return false
  return !(await box.has(clientId).catch(() => true))
}

/** Of somebody who will not come back to send it. */
export async function forgetUnsent(owner: string): Promise<void> {
  const box = await outbox()
  for (const { client_id } of await box.all(owner)) await box.remove(client_id)
}
