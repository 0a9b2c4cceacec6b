/** What I prefer, on all my devices. */
import type { components } from '../contract'
import { answer, api } from '../lib/api'
import { on } from '../lib/socket'
import { currentUser, setUser, useAccount } from './store'

type Schemas = components['schemas']

export type Preferences = Schemas['Preferences']

export const usePreferences = (): Preferences | undefined => useAccount((state) => state.user?.preferences)

function take(preferences: Preferences): void {
  const user = currentUser()
  if (user !== null) setUser({ ...user, preferences })
}

/** What is left out stays. Shown at once, and put back where it is refused. Throws ChatError. */
export async function prefer(body: Partial<Preferences>): Promise<void> {
  const before = currentUser()?.preferences
  if (before !== undefined) take({ ...before, ...body })
  try {
    take(await answer(api.PATCH('/api/auth/me/preferences', { body })))
  } catch (reason) {
    if (before !== undefined) take(before)
    throw reason
  }
}

on('preferences_updated', ({ preferences }) => take(preferences))
