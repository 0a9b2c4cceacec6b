/** The caret in the message box, where what is typed next is meant to go. */
import { hasCoarsePointer } from './capabilities'

export const COMPOSER = 'composer'

/** Not on phones: their keyboard would rise unasked and cover half of the room. */
export function focusComposer(id = COMPOSER): void {
  if (!hasCoarsePointer()) document.getElementById(id)?.focus()
}

/** These do something themselves with the keys that they get. */
const TAKES_KEYS =
  'input, textarea, select, [contenteditable], emoji-picker, [role=dialog], [role=menu], [role=listbox]'

/** A key that writes something, pressed where nothing takes it: on the page, on a button, in the list of messages. */
export function isMeantForComposer(event: KeyboardEvent): boolean {
  const { target, key } = event
  if (event.ctrlKey || event.metaKey || event.altKey) return false
  // Input methods call their keys "Process", 229 in older browsers.
  const isWriting = [...key].length === 1 || key === 'Process' || event.keyCode === 229
  if (!isWriting || !(target instanceof Element) || target.closest(TAKES_KEYS) !== null) return false
  return key !== ' ' || target.closest('a, button, summary, [role=log]') === null
}
