/** Whether somebody has just come in by the entry: the first list they would see holds one room, and is skipped. */

export const NEWCOMER = { isNewcomer: true }

/** Once: whoever comes back to the list wants the list. */
export function isNewcomer(): boolean {
  const state = history.state as Partial<typeof NEWCOMER> | null
  if (state?.isNewcomer !== true) return false
  history.replaceState(null, '')
  return true
}
