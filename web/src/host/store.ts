/** The server this tab talks to: its name, limits, and whether it has been replaced by a newer one. */

import { answer, api } from '../lib/api'
import { deviceStore } from '../lib/stores'
import type { Address, Info } from '../lib/types'

interface Server {
  info: Info | null
  /** The server changed under an open tab, which should be reloaded. */
  isNewer: boolean
}

export const useServer = deviceStore<Server>({ info: null, isNewer: false })

/** Throws ChatError when nobody answers. */
export async function loadServer(): Promise<void> {
  const info = await answer(api.GET('/api/info'))
  const before = useServer.getState().info
  const isNewer = before !== null && before.version !== info.version
  useServer.setState((state) => ({ info, isNewer: state.isNewer || isNewer }))
}

/** How others get here, the best way first; empty where nobody else can. Throws ChatError. */
export async function loadAddresses(): Promise<Address[]> {
  return (await answer(api.GET('/api/addresses'))).addresses
}
