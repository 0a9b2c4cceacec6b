/** Which message the reader is at, and what of its actions is open. */
import { focusComposer } from '../../lib/composerFocus'
import { sessionStore } from '../../lib/stores'
import type { Message } from '../../lib/types'

export type Door = 'menu' | 'sheet' | 'react' | 'edits' | 'report' | 'forward'

interface Opened {
  message: Message
  door: Door
  /** Where on the screen, in px. */
  at: { x: number; y: number }
}

/** Which list of messages: the room's own, or that of a chain of replies beside it. */
export type Place = 'room' | 'thread'

interface Active {
  /** The list in which the reader is. */
  place: Place
  /** Id of the message under the pointer, and of the one with the focus. */
  hovered: number | null
  focused: number | null
  opened: Opened | null
}

export const useActive = sessionStore<Active>({ place: 'room', hovered: null, focused: null, opened: null })

export function hover(hovered: number | null): void {
  if (useActive.getState().hovered !== hovered) useActive.setState({ hovered })
}

export function focusOn(focused: number | null): void {
  if (useActive.getState().focused !== focused) useActive.setState({ focused })
}

export function enter(place: Place): void {
  if (useActive.getState().place !== place) useActive.setState({ place, hovered: null, focused: null })
}

/** Whether the row had the focus by keyboard when its actions were opened. */
let isByKey = false

export function open(opened: Opened | null): void {
  if (useActive.getState().opened === null)
    isByKey = document.activeElement?.matches('article:focus-visible, article :focus-visible') === true
  useActive.setState({ opened })
}

/** Where the focus goes when they are closed: back to the row it came from, or to the message box. */
export function leave({ id }: Message): void {
  const focused = document.activeElement
  if (focused !== null && focused !== document.body && focused.ariaHidden !== 'true') return
  const row = document.querySelector<HTMLElement>(`article[data-message="${id}"]`)
  if (isByKey && row !== null) row.focus({ preventScroll: true })
  else focusComposer()
}

/** At the element's lower end. */
export function openBelow(element: Element, message: Message, door: Door): void {
  const box = element.getBoundingClientRect()
  open({ message, door, at: { x: box.right, y: box.bottom } })
}
