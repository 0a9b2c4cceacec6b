import { useLocation } from 'wouter'
import { useT } from '../lib/i18n'
import { Dialog } from '../ui/Dialog'
import { RoomForm } from './RoomForm'
import { createRoom } from './store'

export default function NewRoomDialog({ name, onClose }: { name?: string; onClose: () => void }) {
  const t = useT()
  const [, navigate] = useLocation()
  return (
    <Dialog title={t('rooms.new')} isOpen onClose={onClose}>
      <RoomForm
        action={t('rooms.create')}
        name={name}
        onSubmit={async (fields) => {
          const room = await createRoom(fields)
          onClose()
          navigate(`/rooms/${room.id}`)
        }}
      />
    </Dialog>
  )
}
