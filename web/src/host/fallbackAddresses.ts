/** Other ways to this host, noted while it answers: for the time when this page's own address leads nowhere. */

import { reach } from '../lib/reachability'
import { sessionStore } from '../lib/stores'
import { loadAddresses, useServer } from './store'

const SPREAD = 3_000 // ms; after a restart everybody is back at once, and none of them needs this soon
const LOOK_EVERY = 5_000 // ms

interface Elsewhere {
  known: string[]
  /** Those of them where something answered at the last look. */
  answering: string[]
}

export const useElsewhere = sessionStore<Elsewhere>({ known: [], answering: [] })

const isLoopback = /^(localhost|127\..*|\[::1\])$/.test(location.hostname)

/** After every connection; at the host itself there is nowhere else to go. */
export function noteAddresses(): void {
  useElsewhere.setState({ answering: [] })
  if (!isLoopback) setTimeout(() => void note().catch(() => undefined), Math.random() * SPREAD)
}

async function note(): Promise<void> {
  const addresses = await loadAddresses()
  const origins = addresses.map(({ url }) => sameScheme(url)).filter((origin) => origin !== location.origin)
  useElsewhere.setState({ known: origins })
}

/** The address as this page would use it: who came by HTTPS stays with it. */
function sameScheme(address: string): string {
  const url = new URL(address)
  if (location.protocol !== 'https:') return url.origin
  return `https://${url.hostname}:${useServer.getState().info?.https_port ?? 443}`
}

/** Asks the other addresses until told to stop; the answer to that. */
export function lookElsewhere(): () => void {
  async function look() {
    const { known } = useElsewhere.getState()
    const answers = await Promise.all(known.map(reach))
    useElsewhere.setState({ answering: known.filter((_, index) => answers[index] === 'answers') })
  }
  void look()
  const looking = setInterval(() => void look(), LOOK_EVERY)
  return () => clearInterval(looking)
}
