/** The keys that work everywhere. */
import { useEffect } from 'react'
import { useLocation } from 'wouter'
import { focusComposer, isMeantForComposer } from '../lib/composerFocus'
import { isListed, isPlace } from '../rooms/direct'
import { type Room, sortRooms, useRooms } from '../rooms/store'
import { openPanel, openSearch, usePanels } from './panels'
import { focusNextRegion } from './regions'

const isWriting = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && target.closest('input, textarea, [contenteditable], emoji-picker') !== null

/** Within a room. Pressed again in the search's own field, it is the browser's. */
function asksForSearch({ ctrlKey, metaKey, shiftKey, altKey, key, target }: KeyboardEvent): boolean {
  if (!(ctrlKey || metaKey) || shiftKey || altKey || key.toLowerCase() !== 'f') return false
  const { openId } = useRooms.getState()
  if (openId === null || isPlace(openId) || usePanels.getState().open !== null) return false
  return !(target instanceof HTMLElement && target.closest('search') !== null)
}

export function useKeys(): void {
  const [, navigate] = useLocation()
  useEffect(() => {
    function onKeyDown(event: KeyboardEvent) {
      if (event.isComposing || event.defaultPrevented) return
      const step = event.key === 'ArrowUp' ? -1 : event.key === 'ArrowDown' ? 1 : 0
      if ((event.metaKey || event.ctrlKey) && event.key.toLowerCase() === 'k') openPanel('switcher')
      else if (asksForSearch(event)) openSearch('here')
      else if (event.altKey && step !== 0) navigate(neighbour(step))
      else if (event.key === 'F6') focusNextRegion(event.shiftKey ? -1 : 1)
      else if (event.key === '?' && !isWriting(event.target)) openPanel('shortcuts')
      // Focused while the key goes down, the composer gets what it writes.
      else return void (isMeantForComposer(event) && focusComposer())
      event.preventDefault()
    }
    window.addEventListener('keydown', onKeyDown)
    return () => window.removeEventListener('keydown', onKeyDown)
  }, [navigate])
}

/** The path of the room above or below the open one. */
function neighbour(step: number): string {
  const { byId, openId } = useRooms.getState()
  const sorted = sortRooms(Object.values(byId)).filter((room) => room.role !== null && !room.archived)
  const isDirect = ({ kind }: Room) => kind === 'direct'
  const mine = [...sorted.filter((room) => !isDirect(room)), ...sorted.filter(isDirect)].filter((room) =>
    isListed(room, openId),
  )
  const at = mine.findIndex((room) => room.id === openId)
  const next = mine[at === -1 ? 0 : (at + step + mine.length) % mine.length]
  return next === undefined ? '/' : `/rooms/${next.id}`
}
