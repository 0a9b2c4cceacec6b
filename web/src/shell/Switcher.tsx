import { Search } from 'lucide-react'
import { type KeyboardEvent, useEffect, useState } from 'react'
import { flushSync } from 'react-dom'
import { useLocation } from 'wouter'
import { focusComposer } from '../lib/composerFocus'
import { useT } from '../lib/i18n'
import { folded } from '../lib/names'
import { useConnection } from '../lib/socket'
import { jumpTo } from '../messages/actions/jump'
import { beginWith, canBeginWith } from '../rooms/direct'
import NewRoomDialog from '../rooms/NewRoomDialog'
import { useRooms } from '../rooms/store'
import { usePeople } from '../rooms/usePeople'
import { useFiles } from '../search/files'
import { searchEverywhere } from '../search/store'
import { Button } from '../ui/Button'
import { Dialog } from '../ui/Dialog'
import { openPanel, openSearch } from './panels'
import { SwitcherRow } from './SwitcherRow'
import { isSurelyFirst, type Row, rowsFor } from './switcherRows'

const SEARCH = 'search'

/** Goes to a room, a person or a file by a few letters of its name. */
export default function Switcher() {
  const t = useT()
  const [, navigate] = useLocation()
  const [query, setQuery] = useState('')
  /** Key of the row that the keys have come to, which stays so when others come; null for the first. */
  const [chosen, setChosen] = useState<string | null>(null)
  const [isMaking, setMaking] = useState(false)
  /** Enter was pressed before it was known what is first. */
  const [isAsked, setAsked] = useState(false)
  const { byId, openId } = useRooms()
  const wanted = folded(query.trim())
  // Nobody where the host is away, or keeps them to itself.
  const people = usePeople(wanted, true)
  const files = useFiles(wanted)
  const isLooking = people.isLooking || files.isLooking
  const isUp = useConnection((state) => state.isUp)
  const rows = rowsFor(t, wanted, {
    rooms: Object.values(byId),
    openId,
    people: people.isLooking ? [] : (people.found ?? []).filter((each) => canBeginWith([each])),
    files: files.isLooking ? [] : (files.found ?? []),
  })
  const isEmpty = rows.length === 0 && wanted !== ''
  // Where nothing matches, Enter makes a room of that name.
  const keys = [...(isEmpty ? ['new'] : rows.map(({ key }) => key)), ...(wanted === '' ? [] : [SEARCH])]
  // Files stand behind all others. Without a connection nobody is found.
  const isFirstKnown =
    !isUp || isSurelyFirst(t, wanted, rows[0]) || (!people.isLooking && (rows.length > 0 || !files.isLooking))
  const at = Math.max(0, chosen === null ? 0 : keys.indexOf(chosen))

  useEffect(() => {
    if (chosen !== null) document.getElementById(`switcher-${chosen}`)?.scrollIntoView({ block: 'nearest' })
  }, [chosen])

  // biome-ignore lint/correctness/useExhaustiveDependencies: `go` is another one at every render.
  useEffect(() => {
    if (!isAsked || !isFirstKnown) return
    // Not within the effect, where nothing is drawn at once.
    const timer = setTimeout(() => {
      setAsked(false)
      go(rows[0])
    })
    return () => clearTimeout(timer)
  }, [isAsked, isFirstKnown])

  function go(row: Row | undefined) {
    if (row === undefined) return setMaking(wanted !== '' && !isLooking)
    flushSync(() => openPanel(null)) // the page takes no focus as long as a dialog is open
    if (row.kind === 'file') {
      jumpTo(row.file.message)
      return navigate(`/rooms/${row.file.room.id}`)
    }
    navigate(`/rooms/${row.kind === 'room' ? row.room.id : beginWith([row.person])}`)
    focusComposer()
  }

  function search() {
    flushSync(() => openPanel(null))
    searchEverywhere(query.trim())
    openSearch()
  }

  function enter() {
    if (keys[at] === SEARCH) search()
    else if (chosen === null && !isFirstKnown) setAsked(true)
    else go(rows[at])
  }

  function onKeyDown(event: KeyboardEvent) {
    if (event.nativeEvent.isComposing) return
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    if (step !== 0) {
      setAsked(false)
      setChosen(keys[(at + step + keys.length) % Math.max(1, keys.length)] ?? null)
    } else if (event.key === 'Enter') enter()
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
        aria-activedescendant={
          keys[at] === undefined || keys[at] === 'new' ? undefined : `switcher-${keys[at]}`
        }
        aria-label={t('search.anything')}
        placeholder={t('search.anything')}
        className="field shrink-0"
        value={query}
        onChange={(event) => {
          setQuery(event.target.value)
          setChosen(null)
          setAsked(false)
        }}
        onKeyDown={onKeyDown}
      />
      <div
        id="switcher-rooms"
        role="listbox"
        aria-label={t('search.found')}
        className="mt-3 min-h-0 space-y-px overflow-y-auto"
      >
        {rows.map((row, index) => (
          <SwitcherRow key={row.key} row={row} isChosen={index === at} onGo={() => go(row)} />
        ))}
        {wanted !== '' && (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are the combobox's.
          <div
            tabIndex={-1}
            id={`switcher-${SEARCH}`}
            role="option"
            aria-selected={keys[at] === SEARCH}
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
      {isEmpty && !isLooking && (
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
