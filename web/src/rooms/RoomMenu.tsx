import { Ban, Download, EyeOff, LogOut, Pin, Settings, Trash2, UserRoundPlus } from 'lucide-react'
import { type ReactElement, useState } from 'react'
import { useLocation } from 'wouter'
import { afterClosing } from '../lib/backCloses'
import { asChatError } from '../lib/errors'
import { errorText } from '../lib/errorText'
import { useT } from '../lib/i18n'
import { shownName } from '../lib/people'
import { Confirm } from '../ui/Confirm'
import { Menu, MenuItem, MenuLine } from '../ui/Menu'
import { say, sayProblem } from '../ui/Toast'
import { askToBlock, setBlocked, useIsBlocked } from './blocks'
import { hideRoom, partnerIn } from './direct'
import { LevelItems } from './LevelItems'
import { forgetLastRoom } from './lastRoom'
import type { Room } from './store'
import { deleteRoom, leaveRoom } from './store'

type Open = 'leave' | 'delete' | null

interface Props {
  room: Room
  trigger: ReactElement
  onInvite: () => void
  onSettings: () => void
  onExport: () => void
  /** What is pinned in it, where nothing else leads there. */
  pins: number
  onPins: () => void
}

/** What I may do with the open room. */
export default function RoomMenu({ room, trigger, onInvite, onSettings, onExport, pins, onPins }: Props) {
  const t = useT()
  const [, navigate] = useLocation()
  const [open, setOpen] = useState<Open>(null)
  const close = () => setOpen(null)
  const partner = room.kind === 'direct' ? partnerIn(room) : undefined
  const isBlocked = useIsBlocked(partner?.id)

  async function go(work: Promise<void>) {
    await work
    afterClosing(() => navigate('/'))
  }

  function hide() {
    hideRoom(room.id).then(
      () => {
        forgetLastRoom(room.id)
        afterClosing(() => navigate('/'))
        say(t('hidden.done'))
      },
      (reason) => sayProblem(errorText(asChatError(reason))),
    )
  }

  function unblock(userId: number) {
    setBlocked(userId, false).then(
      () => say(t('block.unblocked')),
      (reason) => sayProblem(errorText(asChatError(reason))),
    )
  }

  return (
    <>
      <Menu trigger={trigger}>
        <LevelItems room={room} />
        {pins > 0 && (
          <MenuItem icon={<Pin size={16} />} onSelect={onPins}>
            {t('rooms.pins', { count: pins })}
          </MenuItem>
        )}
        {room.kind !== 'direct' && (
          <MenuItem icon={<UserRoundPlus size={16} />} onSelect={onInvite}>
            {t('rooms.invite')}
          </MenuItem>
        )}
        {room.can.manage && (
          <MenuItem icon={<Settings size={16} />} onSelect={onSettings}>
            {t('rooms.settings')}
          </MenuItem>
        )}
        <MenuItem icon={<Download size={16} />} onSelect={onExport}>
          {t('order.exportRoom')}
        </MenuItem>
        {room.kind === 'direct' ? (
          <MenuItem icon={<EyeOff size={16} />} onSelect={hide}>
            {t('hidden.hide')}
          </MenuItem>
        ) : (
          <MenuItem icon={<LogOut size={16} />} onSelect={() => setOpen('leave')}>
            {t('rooms.leave')}
          </MenuItem>
        )}
        {partner !== undefined && !isBlocked && (
          <>
            <MenuLine />
            <MenuItem
              icon={<Ban size={16} />}
              isDangerous
              onSelect={() => askToBlock({ id: partner.id, name: shownName(partner) })}
            >
              {t('block.block')}
            </MenuItem>
          </>
        )}
        {partner !== undefined && isBlocked && (
          <MenuItem icon={<Ban size={16} />} onSelect={() => unblock(partner.id)}>
            {t('block.unblock')}
          </MenuItem>
        )}
        {room.can.delete && (
          <>
            <MenuLine />
            <MenuItem icon={<Trash2 size={16} />} isDangerous onSelect={() => setOpen('delete')}>
              {t('rooms.delete')}
            </MenuItem>
          </>
        )}
      </Menu>
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
