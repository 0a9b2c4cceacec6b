import { PinOff } from 'lucide-react'
import { useT } from '../../lib/i18n'
import type { Room } from '../../rooms/store'
import { IconButton } from '../../ui/Button'
import { Dialog } from '../../ui/Dialog'
import { EmptyPlace } from '../../ui/EmptyPlace'
import { jumpTo } from './jump'
import { Kept } from './Kept'
import { usePins } from './pins'
import { perform } from './verbs'

/** What is pinned in a room, the newest pin first. */
export default function PinsDialog({ room, onClose }: { room: Room; onClose: () => void }) {
  const t = useT()
  const pins = usePins((state) => state.byRoom[room.id]) ?? []
  return (
    <Dialog title={t('action.pins')} isOpen onClose={onClose}>
      {pins.length === 0 && <EmptyPlace title={t('action.noPins')} />}
      <ul className="-mx-2 space-y-0.5">
        {pins.map((message) => (
          <Kept
            key={message.id}
            message={message}
            onOpen={() => {
              jumpTo(message)
              onClose()
            }}
          >
            {room.can.pin && (
              <IconButton label={t('action.unpin')} onClick={() => void perform('unpin', message)}>
                <PinOff size={20} />
              </IconButton>
            )}
          </Kept>
        ))}
      </ul>
    </Dialog>
  )
}
