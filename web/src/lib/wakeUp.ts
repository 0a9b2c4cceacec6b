/** Tells when the device or the page may have slept, or changed networks: connections may be dead by then, unnoticed. */

const SIGNS = ['online', 'pageshow', 'resume', 'focus', 'visibilitychange']
const TICK = 5_000 // ms
/** A clock that ran on so much longer than the timer: the device slept, though the page was in view all the time. */
const NAP = 10_000 // ms
const BURST = 150 // ms; signs come in flocks

/** Returns how to stop listening. */
export function whenWaking(run: () => void): () => void {
  let soon: ReturnType<typeof setTimeout> | undefined
  function note() {
    if (document.visibilityState === 'hidden') return
    soon ??= setTimeout(() => {
      soon = undefined
      run()
    }, BURST)
  }

  let ticked = Date.now()
  const ticking = setInterval(() => {
    const slept = Date.now() - ticked - TICK
    ticked = Date.now()
    if (slept > NAP) note()
  }, TICK)
  // Captured, because not all of them bubble from the document up to here.
  for (const sign of SIGNS) addEventListener(sign, note, true)
  return () => {
    clearTimeout(soon)
    clearInterval(ticking)
    for (const sign of SIGNS) removeEventListener(sign, note, true)
  }
}
