/** The server this tab talks to: its name, limits, and whether it has been replaced by a newer one. */

import { answer, api } from '../lib/api'
import { deviceStore } from '../lib/stores'
import type { Address, Info } from '../lib/types'

interface Server {
  info: Info | null
  /** The server changed under an open tab, which should be reloaded. */
  isNewer: boolean
  /** How far the host's clock is before ours, in ms. */
  clockAhead: number
}

export const useServer = deviceStore<Server>({ info: null, isNewer: false, clockAhead: 0 })

/** Throws ChatError when nobody answers. */
export async function loadServer(): Promise<void> {
  const info = await answer(api.GET('/api/info'))
  const before = useServer.getState().info
  const isNewer = before !== null && before.version !== info.version
  const clockAhead = (Date.parse(info.time) || Date.now()) - Date.now()
  useServer.setState((state) => ({ info, isNewer: state.isNewer || isNewer, clockAhead }))
}

/** When that was by our clock, in ms since 1970. */
export const hereAt = (iso: string): number => Date.parse(iso) - useServer.getState().clockAhead

/** How others get here, the best way first; empty where nobody else can. Throws ChatError. */
export async function loadAddresses(): Promise<Address[]> {
  return (await answer(api.GET('/api/addresses'))).addresses
}
