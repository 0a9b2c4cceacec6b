/** The doctor: why others can't join this host. Only for whoever runs it: see admin/runsTheHost.ts. */
import type { components } from '../contract'
import { answer, api } from '../lib/api'
import { asChatError, type ChatError } from '../lib/errors'
import { sessionStore, watchSession } from '../lib/stores'

type Examination = components['schemas']['Examination']

interface Doctor {
  isLooking: boolean
  found: Examination | null
  error: ChatError | null
}

export const useDoctor = sessionStore<Doctor>({ isLooking: false, found: null, error: null })

/** Takes some five seconds. What was found before stays until there is something newer. */
export async function examine(): Promise<void> {
  if (useDoctor.getState().isLooking) return
  const isOver = watchSession()
  useDoctor.setState({ isLooking: true, error: null })
  try {
    useDoctor.setState({ found: await answer(api.POST('/api/doctor/')) })
  } catch (reason) {
    if (!isOver()) useDoctor.setState({ error: asChatError(reason) })
  } finally {
    if (!isOver()) useDoctor.setState({ isLooking: false })
  }
}
