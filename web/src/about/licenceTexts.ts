/** The licences of all that LanChat is made of: half a megabyte, fetched when somebody wants to read it. */

import { asChatError } from '../lib/errors'
import { deviceStore } from '../lib/stores'

type Licences = 'unread' | 'loading' | 'elsewhere' | { text: string }

export const useLicences = deviceStore<{ licences: Licences }>({ licences: 'unread' })

/** Throws ChatError where the host doesn't answer. One that runs from its sources has no such list. */
export async function readLicences(): Promise<void> {
  useLicences.setState({ licences: 'loading' })
  try {
    const response = await fetch('/licences.txt')
    useLicences.setState({ licences: response.ok ? { text: await response.text() } : 'elsewhere' })
  } catch (reason) {
    useLicences.setState({ licences: 'unread' })
    throw asChatError(reason)
  }
}
