/** The other hosts of this network, as this one hears them. */

import type { components } from '../contract'
import { answer, api } from '../lib/api'
import { sessionStore } from '../lib/stores'

export type Neighbour = components['schemas']['Neighbour']

const LOOK_EVERY = 3_000 // ms

/** Null until the first answer. */
export const useNearby = sessionStore<{ hosts: Neighbour[] | null }>({ hosts: null })

/** Keeps the list current until told to stop. An outage shows elsewhere; the list waits for its end. */
export function watchNearby(): () => void {
  async function look() {
    const { hosts } = await answer(api.GET('/api/nearby'))
    useNearby.setState({ hosts })
  }
  const again = () => void look().catch(() => undefined)
  again()
  const looking = setInterval(again, LOOK_EVERY)
  return () => clearInterval(looking)
}
