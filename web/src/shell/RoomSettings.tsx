import type { ReactNode } from 'react'
import { ExportForm } from '../exports/ExportForm'
import { RoomLinks } from '../invites/RoomLinks'
import { useT } from '../lib/i18n'
import { Reports } from '../moderation/Reports'
import { MembersPane } from '../presence/MembersPane'
import { RoomPicture } from '../profiles/RoomPicture'
import { RoomBans } from '../rooms/RoomBans'
import { RoomLog } from '../rooms/RoomLog'
import { SettingsForm } from '../rooms/SettingsForm'
import { type Room, useRooms } from '../rooms/store'
import { TabbedDialog } from '../ui/TabbedDialog'
import { openPanel } from './panels'

/** Everything about the open room, for those who manage it. */
export default function RoomSettings({ onClose }: { onClose: () => void }) {
  const room = useRooms((state) => (state.openId === null ? undefined : state.byId[state.openId]))
  return room?.can.manage ? <Opened room={room} onClose={onClose} /> : null
}

function General({ room, onGone }: { room: Room; onGone: () => void }) {
  return (
    <div className="space-y-5">
      {room.can.rename && <RoomPicture room={room} />}
      <SettingsForm room={room} onGone={onGone} />
    </div>
  )
}

/** Their rows reach as far as a pointer over them shows. */
function Members({ roomId }: { roomId: number }) {
  return (
    <div className="-mx-2">
      <MembersPane roomId={roomId} />
    </div>
  )
}

function Opened({ room, onClose }: { room: Room; onClose: () => void }) {
  const t = useT()
  const tabs: { name: string; title: string; content: ReactNode }[] = [
    { name: 'general', title: t('order.general'), content: <General room={room} onGone={onClose} /> },
    { name: 'members', title: t('members.title'), content: <Members roomId={room.id} /> },
    { name: 'reports', title: t('report.title'), content: <Reports roomId={room.id} /> },
    { name: 'bans', title: t('order.bans'), content: <RoomBans roomId={room.id} /> },
    {
      name: 'links',
      title: t('order.links'),
      content: <RoomLinks roomId={room.id} onInvite={() => openPanel('roomInvite')} />,
    },
    { name: 'log', title: t('order.log'), content: <RoomLog roomId={room.id} /> },
    { name: 'export', title: t('order.export'), content: <ExportForm roomId={room.id} /> },
  ]
  return <TabbedDialog title={t('rooms.settings')} description={room.name} tabs={tabs} onClose={onClose} />
}
