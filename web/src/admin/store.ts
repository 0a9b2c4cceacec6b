/** Running the host: becoming its first administrator, and what administrators change while it runs. */
import { setUser } from '../accounts/store'
import type { components } from '../contract'
import { loadServer } from '../host/store'
import { answer, api } from '../lib/api'
import { sessionStore } from '../lib/stores'

export type HostSettings = components['schemas']['Host']
export type LookAlike = components['schemas']['LookAlike']

/** `canClaim`: the host waits for its first administrator, and whoever looks at this page sits at it. */
interface Hosting {
  canClaim: boolean
  settings: HostSettings | null
  lookAlikes: LookAlike[]
}

export const useHostSettings = sessionStore<Hosting>({ canClaim: false, settings: null, lookAlikes: [] })

/** Where it can't be asked, nothing is offered. */
export async function askToClaim(): Promise<void> {
  const claim = await answer(api.GET('/api/admin/claim')).catch(() => null)
  useHostSettings.setState({ canClaim: claim?.can_claim ?? false })
}

/** Throws ChatError. */
export async function claimHost(code: string): Promise<void> {
  setUser(await answer(api.POST('/api/admin/claim', { body: { code } })))
  useHostSettings.setState({ canClaim: false })
}

export async function loadSettings(): Promise<void> {
  const [settings, { names }] = await Promise.all([
    answer(api.GET('/api/admin/host')),
    answer(api.GET('/api/admin/look-alikes')),
  ])
  useHostSettings.setState({ settings, lookAlikes: names })
}

export async function changeSettings(body: HostSettings): Promise<void> {
  useHostSettings.setState({ settings: await answer(api.PUT('/api/admin/host', { body })) })
  await loadServer()
}
