/** Asks whether an address answers this browser. */
import { within } from './abortAfter'

const ANSWER_WITHIN = 3_000 // ms

export type Reach = 'answers' | 'refuses' | 'silent'

/**
 * Whether anything answers there, and over HTTPS with a certificate that this browser trusts. `refuses` is a closed
 * port or a certificate that isn't trusted, which browsers don't tell apart; nor who it is that answers.
 */
export function reach(origin: string): Promise<Reach> {
  const signal = within(ANSWER_WITHIN)
  return fetch(`${origin}/health`, { mode: 'no-cors', cache: 'no-store', signal }).then(
    () => 'answers',
    () => (signal.aborted ? 'silent' : 'refuses'),
  )
}
