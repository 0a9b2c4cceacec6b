import PinsDialog from '../messages/actions/PinsDialog'
import { useRooms } from '../rooms/store'
import { openPanel } from './panels'

export default function PinsPanel() {
  const room = useRooms(({ byId, openId }) => (openId === null ? undefined : byId[openId]))
  return room === undefined ? null : <PinsDialog room={room} onClose={() => openPanel(null)} />
}
