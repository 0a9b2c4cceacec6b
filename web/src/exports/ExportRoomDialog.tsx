import { useT } from '../lib/i18n'
import { useRoomTitle } from '../rooms/roomTitle'
import { type Room, useRooms } from '../rooms/store'
import { Dialog } from '../ui/Dialog'
import { ExportForm } from './ExportForm'

/** Taking the open room with me. */
export default function ExportRoomDialog({ onClose }: { onClose: () => void }) {
  const room = useRooms((state) => (state.openId === null ? undefined : state.byId[state.openId]))
  return room === undefined ? null : <Opened room={room} onClose={onClose} />
}

function Opened({ room, onClose }: { room: Room; onClose: () => void }) {
  const t = useT()
  return (
    <Dialog title={t('export.room')} description={useRoomTitle(room)} isOpen onClose={onClose}>
      <ExportForm roomId={room.id} />
    </Dialog>
  )
}
