/** Where I am signed in, and ending it there; a new password does so, too. */

import type { components } from '../contract'
import { answer, api } from '../lib/api'
import { sessionStore } from '../lib/stores'

export type Device = components['schemas']['Session']

/** Null until they were asked for. */
export const useDevices = sessionStore<{ devices: Device[] | null }>({ devices: null })

export async function loadDevices(): Promise<void> {
  const { sessions } = await answer(api.GET('/api/auth/sessions'))
  useDevices.setState({ devices: sessions })
}

/** Throws ChatError. */
export async function signOutDevice(session_id: number): Promise<void> {
  const call = api.DELETE('/api/auth/sessions/{session_id}', { params: { path: { session_id } } })
  await answer(call).finally(loadDevices)
}

export async function signOutOthers(): Promise<void> {
  await answer(api.DELETE('/api/auth/sessions'))
  await loadDevices()
}

export interface NewPassword {
  current_password: string
  password: string
  password2: string
}

/** Returns what the server says of it. Throws ChatError. */
export async function changePassword(body: NewPassword): Promise<string> {
  return (await answer(api.PUT('/api/auth/password', { body }))).message
}
