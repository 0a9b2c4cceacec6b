/** Runs one request of a form at a time, and holds its error for showing. */
import { useState } from 'react'
import { asChatError, type ChatError } from './errors'
import { errorText } from './errorText'

interface Action {
  run: (work: () => Promise<void>) => Promise<void>
  isBusy: boolean
  /** The sentence for the whole form; null when fields tell it. */
  problem: string | null
  /** Of what was refused last; null after a success. */
  code: string | null
  fields: Record<string, string>
}

/** `known` are the form's fields: what is wrong elsewhere is told for the whole form. */
export function useAction(known: string[] = []): Action {
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
  const wrong = Object.keys(fields)
  const isToldByFields = wrong.length > 0 && wrong.every((field) => known.includes(field))
  const problem = error === null || isToldByFields ? null : errorText(error)
  return { run, isBusy, problem, code: error?.code ?? null, fields }
}
