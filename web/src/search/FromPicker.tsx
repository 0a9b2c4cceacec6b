import { useEffect, useRef, useState } from 'react'
import { useT } from '../lib/i18n'
import { fitOfPerson, folded, likeliest } from '../lib/names'
import { shownName } from '../lib/people'
import { useAction } from '../lib/useAction'
import { loadMembers, usePresence } from '../presence/store'
import { useRooms } from '../rooms/store'
import { Alert } from '../ui/Alert'
import { Avatar } from '../ui/Avatar'
import { GuestMark } from '../ui/GuestMark'
import { Spinner } from '../ui/Spinner'
import { narrow, useSearch, wishOf } from './store'

const SHOWN = 50

/** Whose messages: of the room's members, or of everybody who is in the lobby. */
export function FromPicker({ onDone }: { onDone: () => void }) {
  const t = useT()
  const lobbyId = useRooms(({ byId }) => Object.values(byId).find(({ kind }) => kind === 'lobby')?.id)
  const roomId = useSearch((state) => wishOf(state).roomId) ?? lobbyId
  const members = usePresence((state) => (roomId === undefined ? undefined : state.members[roomId]))
  const { run, problem } = useAction()
  const [query, setQuery] = useState('')
  const field = useRef<HTMLInputElement>(null)
  useEffect(() => field.current?.focus(), [])
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked once a room.
  useEffect(() => {
    if (roomId !== undefined && members === undefined) void run(() => loadMembers(roomId))
  }, [roomId])
  const wanted = folded(query.trim())
  const sorted = members?.toSorted((a, b) => shownName(a).localeCompare(shownName(b)))
  const found = sorted && likeliest(sorted, (person) => fitOfPerson(wanted, person)).slice(0, SHOWN)

  return (
    <div className="px-2">
      <input
        ref={field}
        type="search"
        className="field"
        aria-label={t('search.findPerson')}
        placeholder={t('search.findPerson')}
        value={query}
        onChange={(event) => setQuery(event.target.value)}
      />
      {problem !== null && <Alert>{problem}</Alert>}
      {members === undefined && problem === null && <Spinner />}
      {found?.length === 0 && (
        <p className="py-4 text-center text-soft">{t('search.nobody', { query: query.trim() })}</p>
      )}
      <ul className="mt-2">
        {found?.map((person) => (
          <li key={person.id}>
            <button
              type="button"
              onClick={() => {
                narrow({ from: person })
                onDone()
              }}
              className="flex min-h-11 w-full items-center gap-2.5 rounded-lg px-2 text-start hover:bg-hover"
            >
              <Avatar id={person.id} name={shownName(person)} url={person.avatar_url} size={28} />
              <span dir="auto" className="min-w-0 truncate">
                {shownName(person)}
              </span>
              {person.is_guest && <GuestMark />}
            </button>
          </li>
        ))}
      </ul>
    </div>
  )
}
