/** The doctor: why others can't join this host. Only for whoever runs it: see accounts/host.ts. */
import { create } from 'zustand'
import type { components } from '../contract'
import { answer, api } from '../lib/api'
import { asChatError, type ChatError } from '../lib/errors'

type Examination = components['schemas']['Examination']

interface Doctor {
  isLooking: boolean
  found: Examination | null
  error: ChatError | null
}

export const useDoctor = create<Doctor>(() => ({ isLooking: false, found: null, error: null }))

/** Takes some five seconds. What was found before stays until there is something newer. */
export async function examine(): Promise<void> {
  if (useDoctor.getState().isLooking) return
  useDoctor.setState({ isLooking: true, error: null })
  try {
    useDoctor.setState({ found: await answer(api.POST('/api/doctor/')) })
  } catch (reason) {
    useDoctor.setState({ error: asChatError(reason) })
  } finally {
    useDoctor.setState({ isLooking: false })
  }
}
