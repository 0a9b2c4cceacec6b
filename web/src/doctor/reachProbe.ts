/** Knocks at each of the host's addresses, when its doctor asks which of them this device reaches. */
import type { ServerEvents } from '../contract'

const PATIENCE = 4_000 // ms

/** The host opens to none of them: that one arrived is all it wanted to know. */
export function knock({ code, places, port, https_port }: ServerEvents['try_addresses']): void {
  // A page over HTTPS may not open anything that isn't.
  const isSecure = location.protocol === 'https:'
  const [scheme, at] = isSecure ? ['wss', https_port] : ['ws', port]
  for (const place of places) {
    const name = place.includes(':') ? `[${place}]` : place
    const knocking = new WebSocket(`${scheme}://${name}:${at}/reach/${code}`)
    setTimeout(() => knocking.close(), PATIENCE)
  }
}
