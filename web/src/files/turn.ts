/** Which of my tabs brings a message with its files: one at a time, as each finds the same outbox. */
import { alone } from '../lib/alone'
import { cancelled } from '../lib/errors'
import { whenSessionEnds } from '../lib/stores'

const held = new Map<string, () => void>()

/** Waits for other tabs. It is mine until `endTurn`. Throws ChatError where it is given up. */
export async function takeTurn(clientId: string, signal: AbortSignal): Promise<void> {
  if (held.has(clientId)) return
  await new Promise<void>((go, fail) => {
    const hold = () =>
      new Promise<void>((end) => {
        held.set(clientId, end)
        go()
      })
    alone(`lanchat.unsent.${clientId}`, hold, signal).catch(() => fail(cancelled()))
  })
}

export function endTurn(clientId: string): void {
  held.get(clientId)?.()
  held.delete(clientId)
}

whenSessionEnds(() => {
  for (const clientId of [...held.keys()]) endTurn(clientId)
})
