import { useLocation } from 'wouter'
import { useT } from '../lib/i18n'
import { Dialog } from '../ui/Dialog'
import { JoinForm } from './JoinForm'
import type { Room } from './store'

/** A private room was chosen in the list. */
export default function JoinDialog({ room, onClose }: { room: Room; onClose: () => void }) {
  const t = useT()
  const [, navigate] = useLocation()

  function enter() {
    onClose()
    navigate(`/rooms/${room.id}`)
  }

  return (
    <Dialog
      title={t('rooms.joinTitle', { name: room.name })}
      description={t('rooms.joinHint')}
      isOpen
      onClose={onClose}
    >
      <JoinForm room={room} onJoined={enter} />
    </Dialog>
  )
}
