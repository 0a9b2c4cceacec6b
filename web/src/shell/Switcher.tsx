import { Search } from 'lucide-react'
import { type KeyboardEvent, useEffect, useState } from 'react'
import { flushSync } from 'react-dom'
import { useLocation } from 'wouter'
import { focusComposer } from '../lib/composerFocus'
import { useT } from '../lib/i18n'
import { DirectMark } from '../rooms/DirectMark'
import { beginWith, isListed, partnerIn } from '../rooms/direct'
import NewRoomDialog from '../rooms/NewRoomDialog'
import { RoomMark } from '../rooms/RoomMark'
import { useReading } from '../rooms/readState'
import { isMeantBy, roomTitle } from '../rooms/roomTitle'
import { type Room, sortRooms, useRooms } from '../rooms/store'
import { usePeople } from '../rooms/usePeople'
import { searchEverywhere } from '../search/store'
import { Avatar } from '../ui/Avatar'
import { Button } from '../ui/Button'
import { Dialog } from '../ui/Dialog'
import { openPanel, openSearch } from './panels'

const SHOWN = 8

/** Mine before others', and where one is already after the rest of mine. */
const rankOf = (openId: number | null) => (room: Room) =>
  room.role === null ? 2 : room.id === openId ? 1 : 0

/** Goes to a room by a few letters of its name. */
export default function Switcher() {
  const t = useT()
  const [, navigate] = useLocation()
  const [query, setQuery] = useState('')
  const [chosen, setChosen] = useState(0)
  const [isMaking, setMaking] = useState(false)
  const { byId, openId } = useRooms()
  const unread = useReading((state) => state.unread)
  const rank = rankOf(openId)
  const wanted = query.trim().toLocaleLowerCase()
  // Nobody where the host is away, or keeps them to itself.
  const { found: people, isLooking } = usePeople(wanted, true)
  const found = sortRooms(Object.values(byId))
    .filter((room) => room.role !== null || !room.archived)
    .filter((room) => isListed(room, openId) && isMeantBy(t, room, wanted))
    // The open room last of mine: one is there already.
    .sort((a, b) => rank(a) - rank(b))
    .slice(0, SHOWN)
  const others = ((isLooking ? null : people) ?? [])
    .filter(({ id }) => !found.some((room) => partnerIn(room)?.id === id))
    .slice(0, SHOWN)
  const count = found.length + others.length
  // Where nothing matches, Enter makes a room of that name.
  const searchAt = Math.max(1, count)
  const rows = wanted === '' ? count : searchAt + 1

  useEffect(() => {
    document.getElementById(`switcher-${chosen}`)?.scrollIntoView({ block: 'nearest' })
  }, [chosen])

  function go(index: number) {
    const room = found[index]
    const person = others[index - found.length]
    if (room === undefined && person === undefined) return setMaking(wanted !== '' && !isLooking)
    flushSync(() => openPanel(null)) // the page takes no focus as long as a dialog is open
    navigate(`/rooms/${room?.id ?? (person === undefined ? 0 : beginWith([person]))}`)
    focusComposer()
  }

  function search() {
    flushSync(() => openPanel(null))
    searchEverywhere(query.trim())
    openSearch()
  }

  function onKeyDown(event: KeyboardEvent) {
    if (event.nativeEvent.isComposing) return
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    if (step !== 0) setChosen((at) => (at + step + rows) % Math.max(1, rows))
    else if (event.key === 'Enter') chosen === searchAt && wanted !== '' ? search() : go(chosen)
    else return
    event.preventDefault()
  }

  if (isMaking) return <NewRoomDialog name={query.trim()} onClose={() => openPanel(null)} />
  return (
    <Dialog title={t('shell.switcher')} isOpen onClose={() => openPanel(null)}>
      <input
        autoFocus
        role="combobox"
        aria-expanded
        aria-controls="switcher-rooms"
        aria-activedescendant={chosen < count || chosen === searchAt ? `switcher-${chosen}` : undefined}
        aria-label={t('search.anything')}
        placeholder={t('search.anything')}
        className="field shrink-0"
        value={query}
        onChange={(event) => {
          setQuery(event.target.value)
          setChosen(0)
        }}
        onKeyDown={onKeyDown}
      />
      <div
        id="switcher-rooms"
        role="listbox"
        aria-label={t('search.found')}
        className="mt-3 min-h-0 space-y-px overflow-y-auto"
      >
        {found.map((room, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are the combobox's.
          <div
            tabIndex={-1}
            key={room.id}
            id={`switcher-${index}`}
            role="option"
            aria-selected={index === chosen}
            onClick={() => go(index)}
            className="flex cursor-pointer items-center gap-2.5 rounded-lg px-2 py-1.5 hover:bg-hover aria-selected:bg-chosen"
          >
            {room.kind === 'direct' ? <DirectMark room={room} /> : <RoomMark room={room} />}
            <bdi className={`truncate ${unread[room.id] ? 'font-semibold' : ''}`}>{roomTitle(t, room)}</bdi>
            {(unread[room.id] ?? 0) > 0 && (
              <span className="ms-auto text-sm text-soft">
                {t('rooms.unread', { count: unread[room.id] })}
              </span>
            )}
          </div>
        ))}
        {others.map((person, place) => {
          const index = found.length + place
          const name = person.display_name ?? person.username
          return (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are the combobox's.
            <div
              tabIndex={-1}
              key={`person-${person.id}`}
              id={`switcher-${index}`}
              role="option"
              aria-selected={index === chosen}
              onClick={() => go(index)}
              className="flex cursor-pointer items-center gap-2.5 rounded-lg px-2 py-1.5 hover:bg-hover aria-selected:bg-chosen"
            >
              <Avatar id={person.id} name={name} url={person.avatar_url} isOnline={person.is_online} />
              <bdi className="truncate font-medium">{name}</bdi>
              <span className="ms-auto shrink-0 text-sm text-soft">{t('direct.write')}</span>
            </div>
          )
        })}
        {wanted !== '' && (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are the combobox's.
          <div
            tabIndex={-1}
            id={`switcher-${searchAt}`}
            role="option"
            aria-selected={chosen === searchAt}
            onClick={search}
            className="flex cursor-pointer items-center gap-2.5 rounded-lg px-2 py-1.5 hover:bg-hover aria-selected:bg-chosen"
          >
            <span className="grid size-9 shrink-0 place-items-center text-soft">
              <Search size={20} aria-hidden />
            </span>
            <span className="truncate">{t('search.forText', { text: query.trim() })}</span>
          </div>
        )}
      </div>
      {count === 0 && wanted !== '' && !isLooking && (
        <div className="grid justify-items-start gap-3">
          <p className="text-soft" role="status">
            {t('rooms.noneFound', { query: query.trim() })}
          </p>
          <Button look="outline" onClick={() => setMaking(true)}>
            {t('rooms.newNamed', { name: query.trim() })}
          </Button>
        </div>
      )}
    </Dialog>
  )
}
