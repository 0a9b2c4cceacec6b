import { ChevronDown, SearchX } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { useT } from '../lib/i18n'
import { folded, NO_FIT } from '../lib/names'
import { Spinner } from '../ui/Spinner'
import { isListed } from './direct'
import { fitOfRoom } from './fitOfRoom'
import { RoomRow } from './RoomRow'
import type { Room } from './store'
import { sortRooms, useRooms } from './store'

/** With that many rooms of one's own, and no more, the others are what one came for. */
const FEW_OWN = 1
/** So many others take no place that anything else would need. */
const FEW = 5

/** Two lists: the rooms I am in, and those I could join. */
export function RoomList({ onJoin }: { onJoin: (room: Room) => void }) {
  const t = useT()
  const { byId, isLoaded, query, openId } = useRooms()
  if (!isLoaded) {
    return (
      <div className="grid place-items-center py-10">
        <Spinner />
      </div>
    )
  }
  const wanted = folded(query.trim())
  const found = sortRooms(Object.values(byId)).filter(
    (room) => fitOfRoom(t, wanted, room) < NO_FIT || folded(room.description ?? '').includes(wanted),
  )
  const mine = found.filter((room) => room.role !== null && !room.archived && room.kind !== 'direct')
  const people = found.filter((room) => room.kind === 'direct' && isListed(room, openId))
  const available = found.filter((room) => room.role === null && !room.archived)
  const archived = found.filter((room) => room.role !== null && room.archived)
  return (
    <nav aria-label={t('rooms.title')} className="min-h-0 flex-1 overflow-y-auto px-2 pb-4">
      {found.length === 0 && wanted !== '' && (
        <p className="flex flex-col items-center gap-2 px-4 py-10 text-center text-soft">
          <SearchX size={20} aria-hidden />
          {t('rooms.noneFound', { query: query.trim() })}
        </p>
      )}
      {mine.length > 0 && (
        <Section title={t('rooms.mine')}>
          {mine.map((room) => (
            <RoomRow key={room.id} room={room} />
          ))}
        </Section>
      )}
      {people.length > 0 && (
        <Section title={t('direct.people')}>
          {people.map((room) => (
            <RoomRow key={room.id} room={room} />
          ))}
        </Section>
      )}
      {available.length > 0 && (
        <Fold
          title={t('rooms.available', { count: available.length })}
          isOpen={wanted !== '' || mine.length <= FEW_OWN || available.length <= FEW}
        >
          {available.map((room) => (
            <RoomRow key={room.id} room={room} onJoin={() => onJoin(room)} />
          ))}
        </Fold>
      )}
      {archived.length > 0 && <Archived rooms={archived} isSearching={wanted !== ''} />}
    </nav>
  )
}

/** Closed, unless one of them is looked for or open. */
function Archived({ rooms, isSearching }: { rooms: Room[]; isSearching: boolean }) {
  const t = useT()
  const hasOpen = useRooms((state) => rooms.some(({ id }) => id === state.openId))
  return (
    <Fold title={t('rooms.archived', { count: rooms.length })} isOpen={isSearching || hasOpen}>
      {rooms.map((room) => (
        <RoomRow key={room.id} room={room} />
      ))}
    </Fold>
  )
}

interface FoldProps {
  title: string
  /** Until somebody opens or closes it. */
  isOpen: boolean
  children: ReactNode
}

/** A section that opens and closes. */
function Fold({ title, isOpen: isOpenAtFirst, children }: FoldProps) {
  const [isWanted, setWanted] = useState<boolean | null>(null)
  const isOpen = isWanted ?? isOpenAtFirst
  return (
    <section>
      <button
        type="button"
        aria-expanded={isOpen}
        onClick={() => setWanted(!isOpen)}
        className="mt-2 flex h-9 w-full items-center gap-1 rounded-lg px-2.5 text-sm font-medium text-soft hover:bg-hover coarse:h-11"
      >
        {title}
        <ChevronDown size={16} className={isOpen ? 'rotate-180' : ''} aria-hidden />
      </button>
      {isOpen && <ul className="space-y-px">{children}</ul>}
    </section>
  )
}

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section>
      <h2 className="px-2.5 pt-3 pb-1 text-sm font-medium text-soft">{title}</h2>
      <ul className="space-y-px">{children}</ul>
    </section>
  )
}
