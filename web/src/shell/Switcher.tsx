import { type KeyboardEvent, useState } from 'react'
import { flushSync } from 'react-dom'
import { useLocation } from 'wouter'
import { focusComposer } from '../lib/composerFocus'
import { useT } from '../lib/i18n'
import { RoomMark } from '../rooms/RoomMark'
import { sortRooms, useRooms } from '../rooms/store'
import { Dialog } from '../ui/Dialog'
import { openPanel } from './panels'

const SHOWN = 8

/** Goes to a room by a few letters of its name. */
export default function Switcher() {
  const t = useT()
  const [, navigate] = useLocation()
  const [query, setQuery] = useState('')
  const [chosen, setChosen] = useState(0)
  const byId = useRooms((state) => state.byId)
  const wanted = query.trim().toLocaleLowerCase()
  const found = sortRooms(Object.values(byId))
    .filter((room) => room.role !== null || !room.archived)
    .filter((room) => room.name.toLocaleLowerCase().includes(wanted))
    .sort((a, b) => Number(a.role === null) - Number(b.role === null))
    .slice(0, SHOWN)

  function go(index: number) {
    const room = found[index]
    if (room === undefined) return
    flushSync(() => openPanel(null)) // the page takes no focus as long as a dialog is open
    navigate(`/rooms/${room.id}`)
    focusComposer()
  }

  function onKeyDown(event: KeyboardEvent) {
    if (event.nativeEvent.isComposing) return
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    if (step !== 0) setChosen((at) => (at + step + found.length) % Math.max(1, found.length))
    else if (event.key === 'Enter') go(chosen)
    else return
    event.preventDefault()
  }

  return (
    <Dialog title={t('shell.switcher')} isOpen onClose={() => openPanel(null)}>
      <input
        autoFocus
        role="combobox"
        aria-expanded
        aria-controls="switcher-rooms"
        aria-activedescendant={found[chosen] === undefined ? undefined : `switcher-${found[chosen].id}`}
        aria-label={t('rooms.search')}
        placeholder={t('rooms.search')}
        className="field"
        value={query}
        onChange={(event) => {
          setQuery(event.target.value)
          setChosen(0)
        }}
        onKeyDown={onKeyDown}
      />
      <div id="switcher-rooms" role="listbox" aria-label={t('rooms.title')} className="mt-3 space-y-px">
        {found.map((room, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are the combobox's.
          <div
            tabIndex={-1}
            key={room.id}
            id={`switcher-${room.id}`}
            role="option"
            aria-selected={index === chosen}
            onClick={() => go(index)}
            className="flex cursor-pointer items-center gap-2.5 rounded-lg px-2 py-1.5 hover:bg-hover aria-selected:bg-chosen"
          >
            <RoomMark room={room} />
            <span className="truncate font-medium">{room.name}</span>
          </div>
        ))}
      </div>
    </Dialog>
  )
}
