/** What LanChat's own desktop window offers to its page; undefined in a browser. */

interface Desktop {
  /** A notification of the system; a click on it comes back as `lanchat:open` with the path. */
  notify: (title: string, body: string, path: string) => void
  badge: (count: number) => void
  /** The port where guests may still look for us; undefined unless we had to leave it just now. */
  movedFrom?: number
}

declare global {
  var lanchatDesktop: Desktop | undefined
}

/** Asked for anew each time: the window adds it once the page has loaded. */
export const desktop = (): Desktop | undefined => globalThis.lanchatDesktop

/** Calls back when the window is there, now or later. */
export function whenDesktop(ready: () => void): () => void {
  if (desktop() !== undefined) ready()
  addEventListener('lanchat:desktop', ready)
  return () => removeEventListener('lanchat:desktop', ready)
}

export function onDesktopOpen(open: (path: string) => void): void {
  addEventListener('lanchat:open', (event) => open((event as CustomEvent<string>).detail))
}
