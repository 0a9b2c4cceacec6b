/** How often the server may be asked: as it allows, and after a refusal when it says. */

const MOST = 20 // questions
const WITHIN = 10_000 // ms

let asked: number[] = []
let heldUntil = 0

export function startAnew(): void {
  asked = []
  heldUntil = 0
}

/** The server has refused: nobody asks for so long. */
export function hold(seconds: number): void {
  heldUntil = Date.now() + seconds * 1000
}

function wait(now: number): number {
  const oldest = asked.at(-MOST)
  return Math.max(heldUntil - now, oldest === undefined ? 0 : oldest + WITHIN - now)
}

/** Resolves when one may ask; with false when nobody wants to any more. */
export async function myTurn(isWanted: () => boolean): Promise<boolean> {
  for (let ms = wait(Date.now()); ms > 0 && isWanted(); ms = wait(Date.now()))
    await new Promise<void>((go) => setTimeout(go, ms))
  if (!isWanted()) return false
  asked = [...asked.slice(1 - MOST), Date.now()]
  return true
}
