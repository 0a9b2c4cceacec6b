import { NotebookPen } from 'lucide-react'
import { type FormEvent, type KeyboardEvent, useState } from 'react'
import { useLocation } from 'wouter'
import { captionOf } from '../../lib/caption'
import { useT } from '../../lib/i18n'
import { BEGINS, folded, likeliest, NO_FIT } from '../../lib/names'
import { plainText } from '../../lib/plainText'
import { spokenName } from '../../lib/spokenName'
import type { Message, User } from '../../lib/types'
import { DirectMark } from '../../rooms/DirectMark'
import { beginWith, canBeginWith, isNotes, isPlace, partnerIn } from '../../rooms/direct'
import { fitOfRoom } from '../../rooms/fitOfRoom'
import { Choice, PersonChoice } from '../../rooms/PersonChoice'
import { RoomMark } from '../../rooms/RoomMark'
import { useRoomTitle } from '../../rooms/roomTitle'
import { isMine, type Room, sortRooms, useRooms } from '../../rooms/store'
import { usePeople } from '../../rooms/usePeople'
import { Button } from '../../ui/Button'
import { Dialog } from '../../ui/Dialog'
import { Field } from '../../ui/Field'
import { passOn } from './forward'

const MOST = 10 // of rooms and people together
const SHOWN = 30

interface Chosen {
  rooms: number[]
  people: User[]
}

/** Where a message goes as well: rooms and people, and words of one's own behind it. */
export function ForwardDialog({ message, onClose }: { message: Message; onClose: () => void }) {
  const t = useT()
  const [, navigate] = useLocation()
  const [query, setQuery] = useState('')
  const [chosen, setChosen] = useState<Chosen>({ rooms: [], people: [] })
  const rooms = useRooms((state) => state.byId)
  const wanted = folded(query.trim())
  const { found: people, isLooking } = usePeople(wanted, true)
  const count = chosen.rooms.length + chosen.people.length
  const listed = placesFor(rooms, (room) => fitOfRoom(t, wanted, room), chosen.rooms)
  const others = peopleFor((isLooking ? null : people) ?? [], chosen.people, Object.values(rooms))
  const hasNotes = Object.values(rooms).some((room) => !isPlace(room.id) && isNotes(room))

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    const goals = [...chosen.rooms, ...chosen.people.map((user) => beginWith([user]))]
    if (goals.length === 0) return
    const note = String(new FormData(event.currentTarget).get('note') ?? '')
    onClose()
    passOn(message, goals, note, navigate)
  }

  /** By Enter the first that was found; where nothing was typed it sends. */
  function take(event: KeyboardEvent) {
    if (event.key !== 'Enter' || event.nativeEvent.isComposing || wanted === '') return
    event.preventDefault()
    const room = listed.find(({ id }) => !chosen.rooms.includes(id))
    const user = others.find(({ id }) => !chosen.people.some((each) => each.id === id))
    if (count >= MOST || (room === undefined && user === undefined)) return
    if (room !== undefined) toggleRoom(room.id)
    else if (user !== undefined) setChosen({ ...chosen, people: [...chosen.people, user] })
    setQuery('')
  }

  const toggleRoom = (id: number) => setChosen({ ...chosen, rooms: toggled(chosen.rooms, id) })
  return (
    <Dialog
      title={t('action.forwardTitle', { name: spokenName(message) })}
      description={plainText(captionOf(message)).slice(0, 140) || message.attachment?.filename}
      isOpen
      onClose={onClose}
    >
      <form onSubmit={submit} className="flex min-h-0 flex-col">
        <input
          type="search"
          autoFocus
          className="field shrink-0"
          aria-label={t('action.forwardTo')}
          placeholder={t('action.forwardTo')}
          value={query}
          onChange={(event) => setQuery(event.target.value)}
          onKeyDown={take}
        />
        <ul aria-label={t('action.forwardGoals')} className="mt-3 max-h-[40dvh] min-h-32 overflow-y-auto">
          {wanted === '' && !hasNotes && (
            <li>
              <Choice
                mark={<NotesMark />}
                isChosen={false}
                isDisabled={count >= MOST}
                onToggle={() => toggleRoom(beginWith([]))}
              >
                {t('direct.notes')}
              </Choice>
            </li>
          )}
          {listed.map((room) => (
            <li key={room.id}>
              <RoomChoice
                room={room}
                isChosen={chosen.rooms.includes(room.id)}
                isFull={count >= MOST}
                onToggle={() => toggleRoom(room.id)}
              />
            </li>
          ))}
          {others.map((user) => (
            <li key={`person-${user.id}`}>
              <PersonChoice
                user={user}
                isChosen={chosen.people.some(({ id }) => id === user.id)}
                isFull={count >= MOST}
                onToggle={() => setChosen({ ...chosen, people: toggledPerson(chosen.people, user) })}
              />
            </li>
          ))}
          {listed.length === 0 && others.length === 0 && wanted !== '' && !isLooking && (
            <li className="py-4 text-center text-soft">{t('rooms.noneFound', { query: query.trim() })}</li>
          )}
        </ul>
        <div className="mt-3 shrink-0">
          <Field
            label={t('action.forwardNote')}
            placeholder={t('account.optional')}
            name="note"
            maxLength={2000}
            autoComplete="off"
          />
        </div>
        <div className="mt-4 flex shrink-0 justify-end gap-2">
          <Button look="quiet" onClick={onClose}>
            {t('ui.cancel')}
          </Button>
          <Button type="submit" disabled={count === 0}>
            {count > 1 ? t('action.forwardSend', { count }) : t('action.forwardOne')}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}

const toggled = (ids: number[], id: number): number[] =>
  ids.includes(id) ? ids.filter((each) => each !== id) : [...ids, id]

const toggledPerson = (people: User[], user: User): User[] =>
  people.some(({ id }) => id === user.id) ? people.filter(({ id }) => id !== user.id) : [...people, user]

/** Where one may speak, those that are chosen first. */
function placesFor(rooms: Record<number, Room>, fit: (room: Room) => number, chosen: number[]): Room[] {
  const isChosen = ({ id }: Room) => chosen.includes(id)
  const open = sortRooms(
    Object.values(rooms).filter((room) => isMine(room) && room.can.speak && !room.archived),
  )
  return likeliest(open, (room) => (isChosen(room) ? BEGINS : isPlace(room.id) ? NO_FIT : fit(room)))
    .sort((a, b) => Number(isChosen(b)) - Number(isChosen(a)))
    .slice(0, SHOWN)
}

/** Those with whom there is no room yet. */
function peopleFor(found: User[], chosen: User[], rooms: Room[]): User[] {
  const hasRoom = (user: User) =>
    rooms.some((room) => !isPlace(room.id) && room.kind === 'direct' && partnerIn(room)?.id === user.id)
  const others = found.filter(
    (user) => canBeginWith([user]) && !hasRoom(user) && !chosen.some(({ id }) => id === user.id),
  )
  return [...chosen, ...others.slice(0, SHOWN)]
}

interface RoomChoiceProps {
  room: Room
  isChosen: boolean
  isFull: boolean
  onToggle: () => void
}

function RoomChoice({ room, isChosen, isFull, onToggle }: RoomChoiceProps) {
  const title = useRoomTitle(room)
  const mark = room.kind === 'direct' ? <DirectMark room={room} /> : <RoomMark room={room} />
  return (
    <Choice mark={mark} isChosen={isChosen} isDisabled={isFull} onToggle={onToggle}>
      <bdi className="min-w-0 truncate">{title}</bdi>
    </Choice>
  )
}

function NotesMark() {
  return (
    <span className="grid size-9 shrink-0 place-items-center rounded-person bg-hover text-soft">
      <NotebookPen size={16} aria-hidden />
    </span>
  )
}
