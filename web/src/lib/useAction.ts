/** Runs one request of a form at a time, and holds its error for showing. */
import { useState } from 'react'
import { asChatError, type ChatError } from './errors'
import { errorText } from './sentences'

interface Action {
  run: (work: () => Promise<void>) => Promise<void>
  isBusy: boolean
  /** The sentence for the whole form; null when fields tell it. */
  problem: string | null
  fields: Record<string, string>
}

export function useAction(): Action {
  const [isBusy, setBusy] = useState(false)
  const [error, setError] = useState<ChatError | null>(null)

  async function run(work: () => Promise<void>): Promise<void> {
    if (isBusy) return
    setBusy(true)
    setError(null)
    try {
      await work()
    } catch (reason) {
      setError(asChatError(reason))
    } finally {
      setBusy(false)
    }
  }

  const fields = error?.fields ?? {}
  const problem = error === null || Object.keys(fields).length > 0 ? null : errorText(error)
  return { run, isBusy, problem, fields }
}
