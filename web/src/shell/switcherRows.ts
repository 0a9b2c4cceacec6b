/** Pure rule of what a few typed letters lead to, the likeliest first: rooms and people together, then files. */
import type { t as T } from '../lib/i18n'
import { BEGINS, fitOfPerson, folded, likeliest, WITHIN } from '../lib/names'
import type { User } from '../lib/types'
import { isListed, partnerIn } from '../rooms/direct'
import { fitOfRoom } from '../rooms/fitOfRoom'
import { type Room, sortRooms } from '../rooms/store'
import type { FoundFile } from '../search/files'

export type Row =
  | { key: string; kind: 'room'; room: Room }
  | { key: string; kind: 'person'; person: User }
  | { key: string; kind: 'file'; file: FoundFile }

const SHOWN = 8 // rooms, and as many people
const FILES = 5

interface Known {
  rooms: Room[]
  openId: number | null
  /** What the host found; nothing while it is asked. */
  people: User[]
  files: FoundFile[]
}

export function rowsFor(t: typeof T, typed: string, { rooms, openId, people, files }: Known): Row[] {
  const sought = folded(typed.trim())
  const listed = sortRooms(rooms)
    .filter((room) => (room.role !== null || !room.archived) && isListed(room, openId))
    // Mine before others', and where one is already after the rest of mine.
    .sort((a, b) => place(a, openId) - place(b, openId))
  const found = likeliest(listed, (room) => fitOfRoom(t, sought, room)).slice(0, SHOWN)
  const others = people
    .filter(({ id }) => !found.some((room) => partnerIn(room)?.id === id))
    .slice(0, SHOWN)
    .map((person): Row => ({ key: `person-${person.id}`, kind: 'person', person }))
  const mine = found.filter(({ role }) => role !== null).map(rowOf)
  const named = [...mine, ...others, ...found.filter(({ role }) => role === null).map(rowOf)]
  return [...(sought === '' ? named : likeliest(named, (row) => fitOfRow(t, sought, row))), ...filesIn(files)]
}

/** Whether nothing that is still looked for can come before it. `sought` is folded. */
export const isSurelyFirst = (t: typeof T, sought: string, row: Row | undefined): boolean =>
  row?.kind === 'room' && row.room.role !== null && fitOfRoom(t, sought, row.room) === BEGINS

const place = (room: Room, openId: number | null): number =>
  room.role === null ? 2 : room.id === openId ? 1 : 0

const rowOf = (room: Room): Row => ({ key: `room-${room.id}`, kind: 'room', room })

const filesIn = (files: FoundFile[]): Row[] =>
  files.slice(0, FILES).map((file) => ({
    key: `file-${file.attachment.file_path}`,
    kind: 'file',
    file,
  }))

/** Whoever the host found is meant, be it by another reading of their name than the first. */
function fitOfRow(t: typeof T, sought: string, row: Row): number {
  if (row.kind === 'room') return fitOfRoom(t, sought, row.room)
  return row.kind === 'person' ? Math.min(WITHIN, fitOfPerson(sought, row.person)) : WITHIN
}
