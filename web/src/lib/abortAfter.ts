/** A signal that aborts after so many ms. `AbortSignal.timeout` does the same, but not on phones of 2021. */
export function within(ms: number): AbortSignal {
  const control = new AbortController()
  setTimeout(() => control.abort(), ms)
  return control.signal
}
