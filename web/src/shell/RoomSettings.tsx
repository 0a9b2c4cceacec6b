import { Tabs } from 'radix-ui'
import type { ReactNode } from 'react'
import { RoomLinks } from '../invites/RoomLinks'
import { useT } from '../lib/i18n'
import { MembersPane } from '../presence/MembersPane'
import { RoomBans } from '../rooms/RoomBans'
import { RoomLog } from '../rooms/RoomLog'
import { SettingsForm } from '../rooms/SettingsForm'
import { type Room, useRooms } from '../rooms/store'
import { Dialog } from '../ui/Dialog'
import { openPanel } from './panels'

/** Everything about the open room, for those who manage it. */
export default function RoomSettings({ onClose }: { onClose: () => void }) {
  const room = useRooms((state) => (state.openId === null ? undefined : state.byId[state.openId]))
  return room?.can.manage ? <Opened room={room} onClose={onClose} /> : null
}

function Opened({ room, onClose }: { room: Room; onClose: () => void }) {
  const t = useT()
  const parts: { name: string; title: string; content: ReactNode }[] = [
    { name: 'general', title: t('order.general'), content: <SettingsForm room={room} onGone={onClose} /> },
    { name: 'members', title: t('members.title'), content: <MembersPane roomId={room.id} /> },
    { name: 'bans', title: t('order.bans'), content: <RoomBans roomId={room.id} /> },
    {
      name: 'links',
      title: t('order.links'),
      content: <RoomLinks roomId={room.id} onInvite={() => openPanel('roomInvite')} />,
    },
    { name: 'log', title: t('order.log'), content: <RoomLog roomId={room.id} /> },
  ]
  return (
    <Dialog title={t('rooms.settings')} description={room.name} isOpen onClose={onClose} place="large">
      <Tabs.Root defaultValue="general" className="flex min-h-0 flex-1 flex-col">
        <Tabs.List
          aria-label={t('rooms.settings')}
          className="-mx-4 flex shrink-0 overflow-x-auto border-b border-line px-2 md:-mx-5 md:px-3"
        >
          {parts.map(({ name, title }) => (
            <Tabs.Trigger
              key={name}
              value={name}
              className="h-10 shrink-0 border-b-2 border-transparent px-2.5 whitespace-nowrap text-soft -outline-offset-2 hover:text-ink data-[state=active]:border-accent data-[state=active]:font-medium data-[state=active]:text-ink coarse:h-11"
            >
              {title}
            </Tabs.Trigger>
          ))}
        </Tabs.List>
        {parts.map(({ name, content }) => (
          <Tabs.Content
            key={name}
            value={name}
            className="-mx-4 min-h-0 flex-1 overflow-y-auto px-4 pt-4 pb-1 -outline-offset-2 md:-mx-5 md:px-5"
          >
            {content}
          </Tabs.Content>
        ))}
      </Tabs.Root>
    </Dialog>
  )
}
