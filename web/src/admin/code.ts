/** The claim code, where the window or the browser was opened by the host itself, which put it behind the `#`. */
import { keptForTab } from '../lib/storage'

const KEY = 'lanchat.claim'

/** Takes it out of the address: a copied address must not carry it. */
export function takeCode(): void {
  const code = /^#claim=([\w-]{1,64})$/.exec(location.hash)?.[1]
  if (code === undefined) return
  keptForTab.set(KEY, code)
  history.replaceState(history.state, '', location.pathname + location.search)
}

export const shownCode = (): string => keptForTab.get(KEY) ?? ''
