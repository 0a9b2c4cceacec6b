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

/** What is left out stays. Throws ChatError. */
export async function prefer(body: Schemas['PreferencesChange']): Promise<void> {
  take(await answer(api.PATCH('/api/auth/me/preferences', { body })))
}

on('preferences_updated', ({ preferences }) => take(preferences))
