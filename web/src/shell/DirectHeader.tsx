import { dayAndTime } from '../lib/format'
import { useT } from '../lib/i18n'
import { useConnection } from '../lib/socket'
import { DirectMark } from '../rooms/DirectMark'
import { partnerIn } from '../rooms/direct'
import { useRoomTitle } from '../rooms/roomTitle'
import type { Room } from '../rooms/store'

/** With whom I speak, and whether they are here. */
export function DirectHeader({ room }: { room: Room }) {
  const title = useRoomTitle(room)
  return (
    <>
      <DirectMark room={room} />
      <div className="min-w-24 flex-1 ps-1.5">
        <h1 className="truncate font-voice text-lg font-semibold">
          <bdi>{title}</bdi>
        </h1>
        <p className="truncate text-xs text-soft">
          <Whereabouts room={room} />
        </p>
      </div>
    </>
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
