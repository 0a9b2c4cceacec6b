import { useEffect } from 'react'
import { useLocation } from 'wouter'
import { isApple } from '../lib/capabilities'
import { useT } from '../lib/i18n'
import { sortRooms, useRooms } from '../rooms/store'
import { Dialog } from '../ui/Dialog'
import { openPanel, usePanels } from './panels'
import { Switcher } from './Switcher'

/** Listens to the keys that work everywhere, and holds the panels they open. */
export function Shortcuts() {
  const open = usePanels((state) => state.open)
  useKeys()
  if (open === 'switcher') return <Switcher />
  if (open === 'shortcuts') return <KeyList />
  return null
}

const isWriting = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && target.closest('input, textarea, [contenteditable], emoji-picker') !== null

function useKeys(): void {
  const [, navigate] = useLocation()
  useEffect(() => {
    function onKeyDown(event: KeyboardEvent) {
      if (event.isComposing) return
      const step = event.key === 'ArrowUp' ? -1 : event.key === 'ArrowDown' ? 1 : 0
      if ((event.metaKey || event.ctrlKey) && event.key.toLowerCase() === 'k') openPanel('switcher')
      else if (event.altKey && step !== 0) navigate(neighbour(step))
      else if (event.key === '?' && !isWriting(event.target)) openPanel('shortcuts')
      else return
      event.preventDefault()
    }
    window.addEventListener('keydown', onKeyDown)
    return () => window.removeEventListener('keydown', onKeyDown)
  }, [navigate])
}

/** The path of the room above or below the open one. */
function neighbour(step: number): string {
  const { byId, openId } = useRooms.getState()
  const mine = sortRooms(Object.values(byId)).filter((room) => room.role !== null)
  const at = mine.findIndex((room) => room.id === openId)
  const next = mine[at === -1 ? 0 : (at + step + mine.length) % mine.length]
  return next === undefined ? '/' : `/rooms/${next.id}`
}

function KeyList() {
  const t = useT()
  const command = isApple() ? '⌘' : 'Ctrl'
  const keys: [string, string][] = [
    [`${command} K`, t('keys.switcher')],
    ['Alt ↑ ↓', t('keys.neighbour')],
    ['Enter', t('keys.send')],
    ['Shift Enter', t('keys.newline')],
    ['Esc', t('keys.close')],
    ['?', t('keys.help')],
  ]
  return (
    <Dialog title={t('shell.shortcuts')} isOpen onClose={() => openPanel(null)}>
      <dl className="space-y-2.5">
        {keys.map(([key, meaning]) => (
          <div key={key} className="flex items-center justify-between gap-4">
            <dt>{meaning}</dt>
            <dd className="flex gap-1">
              {key.split(' ').map((part) => (
                <kbd
                  key={part}
                  className="rounded-md border border-line bg-ground px-1.5 py-0.5 font-sans text-xs text-soft"
                >
                  {part}
                </kbd>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </Dialog>
  )
}
