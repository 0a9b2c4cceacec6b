/** What a browser has to know and do before it trusts this host's HTTPS. */

import type { components } from '../contract'
import { useServer } from '../host/store'
import { answer, api } from '../lib/api'
import { type Reach, reach } from '../lib/reachability'
import { deviceStore } from '../lib/stores'

export const SYSTEMS = ['windows', 'macos', 'ios', 'android', 'linux', 'firefox'] as const
export type System = (typeof SYSTEMS)[number]

export type Trust = components['schemas']['Trust']

interface Secure {
  trust: Trust | null
  reached: Reach | 'checking'
}

export const useSecure = deviceStore<Secure>({ trust: null, reached: 'checking' })

/** Throws ChatError. */
export async function loadTrust(): Promise<void> {
  useSecure.setState({ trust: await answer(api.GET('/api/trust')) })
}

/** Where this page is over HTTPS; null where the host offers none. */
export function secureOrigin(): string | null {
  const port = useServer.getState().info?.https_port
  if (port === undefined || port === null) return null
  const name = location.hostname
  // A certificate vouches for the names of this network, which end in .local; a computer's bare name is short for one.
  const isBare = /^[^.:]+$/.test(name) && name !== 'localhost'
  return `https://${name}${isBare ? '.local' : ''}:${port}`
}

export async function checkTrust(): Promise<void> {
  const origin = secureOrigin()
  if (origin === null) return
  useSecure.setState({ reached: 'checking' })
  useSecure.setState({ reached: await reach(origin) })
}

/** Firefox on a computer keeps certificates of its own, whatever the system trusts. */
export function systemOf({
  userAgent,
  maxTouchPoints,
}: Pick<Navigator, 'userAgent' | 'maxTouchPoints'>): System {
  if (/Android/.test(userAgent)) return 'android'
  // An iPad says that it is a Mac; no Mac has a touch screen.
  if (/iPhone|iPad/.test(userAgent) || (/Macintosh/.test(userAgent) && maxTouchPoints > 1)) return 'ios'
  if (/Firefox\//.test(userAgent)) return 'firefox'
  if (/Macintosh/.test(userAgent)) return 'macos'
  return /Windows/.test(userAgent) ? 'windows' : 'linux'
}
