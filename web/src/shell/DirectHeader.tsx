import type { MouseEvent } from 'react'
import { dayAndTime } from '../lib/format'
import { useT } from '../lib/i18n'
import { useConnection } from '../lib/socket'
import { openCard } from '../profiles/open'
import { DirectMark } from '../rooms/DirectMark'
import { isPlace, partnerIn } from '../rooms/direct'
import { useRoomTitle } from '../rooms/roomTitle'
import type { Room } from '../rooms/store'
import { toggleMembers } from './panels'

/** With whom I speak, whether they are here, and the way to what else there is to know of them. */
export function DirectHeader({ room }: { room: Room }) {
  const title = useRoomTitle(room)
  const partner = partnerIn(room)
  const isGroup = room.member_count > 2 && !isPlace(room.id)

  function open(event: MouseEvent) {
    if (partner !== undefined) openCard(partner.id, event)
    else toggleMembers()
  }

  return (
    <div className="relative flex min-w-24 flex-1 items-center gap-1.5">
      <DirectMark room={room} />
      <div className="min-w-0 flex-1">
        <h1 className="truncate font-voice text-lg font-semibold">
          {partner === undefined && !isGroup ? (
            <bdi>{title}</bdi>
          ) : (
            // As large as all of it is what is pressed.
            <button
              type="button"
              onClick={open}
              className="max-w-full truncate after:absolute after:inset-0 after:-inset-y-1.5 hover:underline"
            >
              <bdi>{title}</bdi>
            </button>
          )}
        </h1>
        <p className="truncate text-xs text-soft">
          <Whereabouts room={room} />
        </p>
      </div>
    </div>
  )
}

/** Who is online is not known while the connection is gone. */
function Whereabouts({ room }: { room: Room }) {
  const t = useT()
  const isDown = useConnection((state) => state.downSince !== null)
  const partner = partnerIn(room)
  if (partner === undefined)
    return room.member_count > 1 ? t('rooms.members', { count: room.member_count }) : t('direct.notesHint')
  if (partner.is_gone || isDown) return null
  return partner.is_online
    ? t('members.online')
    : t('direct.lastSeen', { when: dayAndTime(partner.last_seen) })
}
