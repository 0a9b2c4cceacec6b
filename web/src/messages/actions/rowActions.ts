/** Hand, finger and keys on a list of messages: which row they mean, and what of it they open. */
import type { FocusEvent, KeyboardEvent, MouseEvent, PointerEvent } from 'react'
import type { Message } from '../../lib/types'
import { findRoom } from '../../rooms/store'
import { enter, focusOn, hover, open, openBelow, type Place } from './active'
import type { Verb } from './verbs'

const LONG_PRESS = 400 // ms
const TREMBLE = 10 // px that a finger at rest may move

const ROW = 'article[data-message]'
/** These answer to a long press or the right button themselves. */
const OF_ITS_OWN = 'a, button, video, audio, input, textarea, summary'
const KEYS: Record<string, Verb[]> = {
  r: ['reply'],
  e: ['edit'],
  c: ['copy'],
  f: ['forward'],
  u: ['unread'],
  Delete: ['delete', 'remove'],
}

const rowAt = (target: EventTarget): HTMLElement | null =>
  target instanceof Element ? target.closest<HTMLElement>(ROW) : null

const idOf = (row: HTMLElement | null): number | null => (row === null ? null : Number(row.dataset.message))

const isSelecting = (): boolean => getSelection()?.isCollapsed === false

let pressing: ReturnType<typeof setTimeout> | undefined
let pressedAt = { x: 0, y: 0 }
let isByTouch = false
/** The focus came to the row by keyboard: at every key browsers show it, however it came. */
let isWalked = false

/** The finger that is lifted from a long press taps nothing, and not what came under it either. */
function swallowTap(): void {
  const swallow = (event: Event) => {
    event.preventDefault()
    event.stopPropagation()
  }
  addEventListener('click', swallow, { capture: true, once: true })
  addEventListener('pointerdown', () => removeEventListener('click', swallow, true), {
    capture: true,
    once: true,
  })
}

const endPress = (): void => clearTimeout(pressing)

/** Whom a row calls is within reach of Tab while the row has the focus. */
function reachPeopleIn(row: HTMLElement | null, list: Element): void {
  for (const mention of list.querySelectorAll<HTMLElement>('[data-person]'))
    mention.tabIndex = row?.contains(mention) ? 0 : -1
}

/** What a list's element listens to. */
export function rowActions(messages: Message[], place: Place) {
  function meant(target: EventTarget): Message | undefined {
    const id = idOf(rowAt(target))
    const message = messages.find((each) => each.id === id)
    return message?.is_deleted === false ? message : undefined
  }

  return {
    onPointerMove(event: PointerEvent) {
      enter(place)
      if (event.pointerType === 'mouse') {
        if (event.buttons === 0) hover(isSelecting() ? null : idOf(rowAt(event.target)))
      } else if (Math.hypot(event.clientX - pressedAt.x, event.clientY - pressedAt.y) > TREMBLE) endPress()
    },
    onPointerLeave: () => hover(null),
    onScroll() {
      hover(null)
      endPress()
    },
    onFocus({ target, currentTarget }: FocusEvent) {
      enter(place)
      isWalked = target.matches(':focus-visible')
      focusOn(idOf(rowAt(target)))
      reachPeopleIn(rowAt(target), currentTarget)
    },
    onBlur({ relatedTarget, currentTarget }: FocusEvent) {
      if (currentTarget.contains(relatedTarget)) return
      focusOn(null)
      reachPeopleIn(null, currentTarget)
    },
    onPointerDown(event: PointerEvent) {
      const { target, clientX: x, clientY: y } = event
      enter(place)
      isByTouch = event.pointerType === 'touch'
      endPress()
      const message = meant(target)
      if (!isByTouch || message === undefined || (target as Element).closest('a, video, audio, [data-pill]'))
        return
      pressedAt = { x, y }
      pressing = setTimeout(() => {
        swallowTap()
        open({ message, door: 'sheet', at: { x, y } })
      }, LONG_PRESS)
    },
    onPointerUp: endPress,
    onPointerCancel: endPress,
    onContextMenu(event: MouseEvent) {
      const message = meant(event.target)
      const isOwn = event.target instanceof Element && event.target.closest(`${OF_ITS_OWN}, img`) !== null
      if (message === undefined || (isOwn && !isByTouch) || isSelecting()) return
      if (isByTouch && (event.target as Element).closest('a') !== null) return
      event.preventDefault()
      if (!isByTouch) open({ message, door: 'menu', at: { x: event.clientX, y: event.clientY } })
    },
    /** Whether the key was one of a row's that was walked to; who clicked on it goes on writing. */
    takesKey(event: KeyboardEvent): boolean {
      const { key, target } = event
      const row = rowAt(target)
      if (row !== target || row === null || !isWalked) return false
      if (event.altKey || event.ctrlKey || event.metaKey || event.nativeEvent.isComposing) return false
      const message = meant(row)
      if (message === undefined || !act(key, message, row)) return false
      event.preventDefault()
      return true
    },
  }
}

function act(key: string, message: Message, row: HTMLElement): boolean {
  const can = findRoom(message.room_id)?.can
  const keyed = KEYS[key.length === 1 ? key.toLowerCase() : key]
  if (key === 'Enter') openBelow(row, message, 'menu')
  else if (key === '+' && can?.react) openBelow(row, message, 'react')
  else if (keyed !== undefined) void import('./verbs').then(({ performOne }) => performOne(keyed, message))
  else return false
  return true
}
