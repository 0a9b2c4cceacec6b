/**
 * The browser's "back" closes what lies over the page: a picture, a sheet, a dialog, a menu. Each that is open has an
 * entry in the browser's history; `sync` makes the two agree, whichever of them changed.
 */
import { useEffect, useRef } from 'react'

type Layer = { close: () => void }

const layers: Layer[] = []
let isGoing = false

interface Marked {
  layers?: number
}

/** How many layers the history's present entry stands for. */
const marked = (): number => (history.state as Marked | null)?.layers ?? 0

const push = history.pushState.bind(history)

/** Whatever a dialog leads to takes the place of its entry, or "back" from there would seem to do nothing. */
history.pushState = (state, unused, url) => {
  if (marked() > 0) history.replaceState(state, unused, url)
  else push(state, unused, url)
}

let syncing: ReturnType<typeof setTimeout> | undefined
let waiting: (() => void)[] = []

/** Once what closes has taken its step back: an address that is gone to before is left again by it. */
export function afterClosing(run: () => void): void {
  waiting.push(run)
  syncSoon()
}

/** A moment later: a dialog that closes may open another or lead elsewhere. */
function syncSoon(): void {
  clearTimeout(syncing)
  syncing = setTimeout(sync)
}

function sync(): void {
  if (isGoing) return
  const surplus = marked() - layers.length
  if (surplus > 0) {
    isGoing = true
    history.go(-surplus)
  }
  for (let depth = marked() + 1; depth <= layers.length; depth += 1) push({ layers: depth }, '')
  if (isGoing) return
  const due = waiting
  waiting = []
  for (const run of due) run()
}

addEventListener('popstate', () => {
  if (!isGoing) for (const layer of layers.splice(marked())) layer.close()
  isGoing = false
  syncSoon()
})

// A page that is loaded again over an open dialog has none.
syncSoon()

/** `close` is run when the person goes back while it is open. */
export function useBackCloses(isOpen: boolean, close: () => void): void {
  const latest = useRef(close)
  latest.current = close
  useEffect(() => {
    if (!isOpen) return
    const layer = { close: () => latest.current() }
    layers.push(layer)
    syncSoon()
    return () => {
      const at = layers.indexOf(layer)
      if (at !== -1) layers.splice(at, 1)
      syncSoon()
    }
  }, [isOpen])
}
