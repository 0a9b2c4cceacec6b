/** Looks at all that a browser may offer to this page, and says why not where it doesn't. */

import { isSecure, notificationState } from '../lib/capabilities'
import { useKeeping } from '../lib/keeping'
import { outbox } from '../lib/outbox'
import { kept } from '../lib/storage'
import { deviceStore } from '../lib/stores'

/** `replaced`: LanChat does it in another way there. `ask`: it is there, and the browser will ask the person. */
export type State = 'works' | 'ask' | 'denied' | 'insecure' | 'unsupported' | 'replaced'

export const USED = [
  'webSocket',
  'storage',
  'indexedDb',
  'persistence',
  'notifications',
  'serviceWorker',
  'clipboard',
  'fullscreen',
  'install',
] as const
export const UNUSED = ['wakeLock', 'microphone', 'camera', 'webRtc', 'crypto'] as const

export type Used = (typeof USED)[number]
export type Ability = Used | (typeof UNUSED)[number]

export const useSurvey = deviceStore<{ found: Record<Ability, State> | null }>({ found: null })

export async function survey(): Promise<void> {
  const [indexedDb, persistence, microphone, camera] = await Promise.all([
    ofDatabase(),
    isPersistent(),
    permitted('microphone'),
    permitted('camera'),
  ])
  const found: Record<Ability, State> = {
    webSocket: 'WebSocket' in globalThis ? 'works' : 'replaced',
    storage: remembers() ? 'works' : 'denied',
    indexedDb,
    persistence,
    notifications: ofNotifications(),
    serviceWorker: secureOnly('serviceWorker' in navigator),
    clipboard: isSecure() && 'clipboard' in navigator ? 'works' : 'replaced',
    fullscreen: there(document.fullscreenEnabled),
    // Safari offers it in its menu, and tells pages only whether they were installed.
    install: secureOnly(isSecure() && ('onbeforeinstallprompt' in globalThis || 'standalone' in navigator)),
    wakeLock: secureOnly('wakeLock' in navigator),
    microphone,
    camera,
    webRtc: there('RTCPeerConnection' in globalThis),
    crypto: secureOnly(globalThis.crypto.subtle !== undefined),
  }
  useSurvey.setState({ found })
}

const there = (isThere: boolean): State => (isThere ? 'works' : 'unsupported')

/** What browsers hide from pages that came over plain HTTP from another computer. */
const secureOnly = (isThere: boolean): State => (isThere || isSecure() ? there(isThere) : 'insecure')

function ofNotifications(): State {
  const state = notificationState()
  return state === 'granted' ? 'works' : state
}

/** Browsers that refuse it have it all the same: only using it tells. */
async function ofDatabase(): Promise<State> {
  if (!('indexedDB' in globalThis)) return 'unsupported'
  await outbox()
  return useKeeping.getState().isRefused ? 'denied' : 'works'
}

function remembers(): boolean {
  const key = 'lanchat.try'
  kept.set(key, key)
  const isKept = kept.get(key) === key
  kept.set(key, null)
  return isKept
}

let isRefused = false

async function isPersistent(): Promise<State> {
  if (navigator.storage?.persisted === undefined) return secureOnly(false)
  if (await navigator.storage.persisted()) return 'works'
  return isRefused ? 'denied' : 'ask'
}

async function permitted(name: 'microphone' | 'camera'): Promise<State> {
  if (navigator.mediaDevices?.getUserMedia === undefined) return secureOnly(false)
  // Not every browser knows these names; it then asks when it matters.
  const status = await navigator.permissions.query({ name: name as PermissionName }).catch(() => null)
  if (status === null || status.state === 'prompt') return 'ask'
  return status.state === 'granted' ? 'works' : 'denied'
}

/** Asks the person for what LanChat uses; on a click only, as browsers want it. */
export const ENABLE: Partial<Record<Ability, () => Promise<unknown>>> = {
  notifications: () => Notification.requestPermission(),
  // Some browsers decide by themselves, and say nothing to the person.
  persistence: async () => {
    isRefused = !(await navigator.storage.persist())
  },
}
