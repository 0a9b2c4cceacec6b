import { LogOut, Pencil, Trash2, UserRoundPlus } from 'lucide-react'
import { type ReactElement, useState } from 'react'
import { useLocation } from 'wouter'
import { useT } from '../lib/i18n'
import { Confirm } from '../ui/Confirm'
import { Dialog } from '../ui/Dialog'
import { Menu, MenuItem, MenuLine } from '../ui/Menu'
import { RoomForm } from './RoomForm'
import type { Room } from './store'
import { deleteRoom, editRoom, leaveRoom } from './store'

type Open = 'edit' | 'leave' | 'delete' | null

interface Props {
  room: Room
  trigger: ReactElement
  onInvite: () => void
}

/** What I may do with the open room. */
export default function RoomMenu({ room, trigger, onInvite }: Props) {
  const t = useT()
  const [, navigate] = useLocation()
  const [open, setOpen] = useState<Open>(null)
  const close = () => setOpen(null)

  async function go(work: Promise<void>) {
    await work
    navigate('/')
  }

  return (
    <>
      <Menu trigger={trigger}>
        <MenuItem icon={<UserRoundPlus size={17} />} onSelect={onInvite}>
          {t('rooms.invite')}
        </MenuItem>
        {room.can.manage && (
          <MenuItem icon={<Pencil size={17} />} onSelect={() => setOpen('edit')}>
            {t('rooms.edit')}
          </MenuItem>
        )}
        <MenuItem icon={<LogOut size={17} />} onSelect={() => setOpen('leave')}>
          {t('rooms.leave')}
        </MenuItem>
        {room.can.delete && (
          <>
            <MenuLine />
            <MenuItem icon={<Trash2 size={17} />} isDangerous onSelect={() => setOpen('delete')}>
              {t('rooms.delete')}
            </MenuItem>
          </>
        )}
      </Menu>
      <Dialog title={t('rooms.edit')} isOpen={open === 'edit'} onClose={close}>
        <RoomForm
          room={room}
          action={t('ui.save')}
          onSubmit={(fields) => editRoom(room.id, fields).then(close)}
        />
      </Dialog>
      <Confirm
        title={t('rooms.leaveTitle', { name: room.name })}
        description={t('rooms.leaveHint')}
        action={t('rooms.leave')}
        isOpen={open === 'leave'}
        onClose={close}
        onConfirm={() => go(leaveRoom(room.id))}
      />
      <Confirm
        title={t('rooms.deleteTitle', { name: room.name })}
        description={t('rooms.deleteHint')}
        action={t('rooms.delete')}
        isOpen={open === 'delete'}
        onClose={close}
        onConfirm={() => go(deleteRoom(room.id))}
      />
    </>
  )
}
