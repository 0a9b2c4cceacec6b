/** Codes that sign a further device of mine in: showing one, and coming with one. */

import { answer, api } from '../lib/api'
import { on, onUp } from '../lib/socket'
import { spokenName } from '../lib/spokenName'
import { sessionStore, whenSessionEnds } from '../lib/stores'
import { enterAs, useAccount } from './store'
import type { DeviceCode } from './types'

interface Shown {
  code: DeviceCode | null
  /** By the browser's steady clock, in ms. */
  endsAt: number
  /** The device that used the code; empty where it doesn't tell what it is. */
  usedBy: string | null
}

const NOTHING: Shown = { code: null, endsAt: 0, usedBy: null }

export const useDeviceCode = sessionStore(NOTHING)

let isWanted = false

whenSessionEnds(() => {
  isWanted = false
})

/** Throws ChatError. */
export async function showCode(): Promise<void> {
  isWanted = true
  const code = await answer(api.POST('/api/auth/device-code'))
  if (isWanted) useDeviceCode.setState({ code, endsAt: performance.now() + code.lasts * 1000, usedBy: null })
  else withdraw()
}

/** Nobody is to come in by a code that isn't on screen any more. */
export function hideCode(): void {
  isWanted = false
  const { code, usedBy } = useDeviceCode.getState()
  useDeviceCode.setState(NOTHING)
  if (code !== null && usedBy === null) withdraw()
}

/** Unheard it ends by itself, a little later. */
function withdraw(): void {
  void answer(api.DELETE('/api/auth/device-code')).catch(() => undefined)
}

/** As whom a code signs in, and nothing happens. Throws ChatError. */
export async function ownerOfCode(code: string): Promise<string> {
  return spokenName(await answer(api.POST('/api/auth/device/read', { body: { code } })))
}

/** In place of whoever is signed in here. Throws ChatError. */
export async function signInByCode(code: string): Promise<void> {
  const login = await answer(api.POST('/api/auth/device', { body: { code } }))
  if (useAccount.getState().token !== null) {
    // Without cookies, as the answer would take away the one that has just come.
    await answer(api.POST('/api/auth/logout', { credentials: 'omit' })).catch(() => undefined)
  }
  enterAs(login.user, login.access_token)
}

/** A phone that shows a code falls asleep easily, and misses what is told meanwhile. */
async function lookAgain(): Promise<void> {
  const shown = useDeviceCode.getState()
  if (shown.code === null || shown.usedBy !== null || performance.now() >= shown.endsAt) return
  const { is_open } = await answer(api.GET('/api/auth/device-code'))
  if (!is_open && useDeviceCode.getState().code === shown.code) useDeviceCode.setState({ usedBy: '' })
}

onUp(() => void lookAgain().catch(() => undefined))
on('device_signed_in', ({ device }) => {
  if (useDeviceCode.getState().code !== null) useDeviceCode.setState({ usedBy: device })
})
