import { useT } from '../lib/i18n'
import { removeRoomPicture, showRoomPicture } from '../rooms/order'
import { RoomMark } from '../rooms/RoomMark'
import type { Room } from '../rooms/store'
import { ChoosePicture } from './ChoosePicture'

/** A room's picture, and another one in its place. */
export function RoomPicture({ room }: { room: Room }) {
  const t = useT()
  return (
    <ChoosePicture
      face={<RoomMark room={room} isLarge />}
      hasPicture={room.picture_url !== null}
      saved={t('profile.roomPictureSaved')}
      shape="rounded-2xl"
      onUse={(picture) => showRoomPicture(room.id, picture)}
      onRemove={() => removeRoomPicture(room.id)}
    />
  )
}
