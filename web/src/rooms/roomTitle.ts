/** What a room is called here; of a direct one, its people, and which of them can't come back. */
import { type t as T, useT } from '../lib/i18n'
import { isFormer, shownName } from '../lib/people'
import { isNotes, partnerIn } from './direct'
import type { Room } from './store'

export const useRoomTitle = (room: Room): string => roomTitle(useT(), room)

export function roomTitle(t: typeof T, room: Room): string {
  if (room.kind !== 'direct') return room.name
  if (isNotes(room)) return t('direct.notes')
  const partner = partnerIn(room)
  if (partner !== undefined && isFormer(partner)) return shownName(partner)
  if (partner?.is_gone) return t('direct.gone', { name: room.name })
  return partner?.is_guest ? t('members.guestName', { name: room.name }) : room.name
}
