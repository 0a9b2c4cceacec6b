import {
  ArrowRightLeft,
  Ban,
  MessageCircle,
  Mic,
  MicOff,
  ShieldCheck,
  ShieldMinus,
  UserRoundMinus,
} from 'lucide-react'
import { type ReactElement, useState } from 'react'
import { useLocation } from 'wouter'
import { asChatError } from '../lib/errors'
import { errorText } from '../lib/errorText'
import { useT } from '../lib/i18n'
import { shownName } from '../lib/people'
import type { Member } from '../lib/types'
import { FOR_GOOD, hoursFromNow, isToCome } from '../lib/until'
import { beginWith, canBeginWith } from '../rooms/direct'
import { changeMember, handOver, removeMember } from '../rooms/order'
import type { Room } from '../rooms/store'
import { Confirm } from '../ui/Confirm'
import { Menu, MenuItem, MenuLine } from '../ui/Menu'
import { sayProblem } from '../ui/Toast'
import { BanDialog } from './BanDialog'
import { type Deeds, isNothing } from './deeds'

type Asked = 'handOver' | 'remove' | 'ban' | null

interface Props {
  room: Room
  member: Member
  deeds: Deeds
  trigger: ReactElement
}

/** What I may do to a member of the room. */
export default function MemberMenu({ room, member, deeds, trigger }: Props) {
  const t = useT()
  const [, navigate] = useLocation()
  const [asked, setAsked] = useState<Asked>(null)
  const close = () => setAsked(null)
  const name = shownName(member)
  const { role } = deeds

  /** The row shows what came of it. */
  function change(body: Parameters<typeof changeMember>[2]) {
    changeMember(room.id, member.id, body).catch((reason) => sayProblem(errorText(asChatError(reason))))
  }

  return (
    <>
      <Menu trigger={trigger}>
        {canBeginWith([member]) && (
          <>
            <MenuItem
              icon={<MessageCircle size={16} />}
              onSelect={() => navigate(`/rooms/${beginWith([member])}`)}
            >
              {t('direct.write')}
            </MenuItem>
            {!isNothing(deeds) && <MenuLine />}
          </>
        )}
        {role !== null && (
          <MenuItem
            icon={role === 'member' ? <ShieldMinus size={16} /> : <ShieldCheck size={16} />}
            onSelect={() => change({ role })}
          >
            {t(role === 'member' ? 'order.makeMember' : 'order.makeModerator')}
          </MenuItem>
        )}
        {deeds.mute && <MuteItems member={member} onMute={(muted_until) => change({ muted_until })} />}
        {deeds.handOver && (
          <MenuItem icon={<ArrowRightLeft size={16} />} onSelect={() => setAsked('handOver')}>
            {t('order.handOver')}
          </MenuItem>
        )}
        {(deeds.remove || deeds.ban) && <MenuLine />}
        {deeds.remove && (
          <MenuItem icon={<UserRoundMinus size={16} />} isDangerous onSelect={() => setAsked('remove')}>
            {t('order.remove')}
          </MenuItem>
        )}
        {deeds.ban && (
          <MenuItem icon={<Ban size={16} />} isDangerous onSelect={() => setAsked('ban')}>
            {t('order.ban')}
          </MenuItem>
        )}
      </Menu>
      <Confirm
        title={t('order.handOverTitle', { room: room.name, name })}
        description={t('order.handOverHint', { name })}
        action={t('order.handOver')}
        isOpen={asked === 'handOver'}
        onClose={close}
        onConfirm={() => handOver(room.id, member.id)}
      />
      <Confirm
        title={t('order.removeTitle', { name })}
        description={t('order.removeHint')}
        action={t('order.remove')}
        isOpen={asked === 'remove'}
        onClose={close}
        onConfirm={() => removeMember(room.id, member.id)}
      />
      {asked === 'ban' && <BanDialog room={room} member={member} onClose={close} />}
    </>
  )
}

function MuteItems({ member, onMute }: { member: Member; onMute: (until: string | null) => void }) {
  const t = useT()
  if (isToCome(member.muted_until)) {
    return (
      <MenuItem icon={<Mic size={16} />} onSelect={() => onMute(null)}>
        {t('order.unmute')}
      </MenuItem>
    )
  }
  const choices = [
    { label: t('order.muteHour'), until: () => hoursFromNow(1) },
    { label: t('order.muteDay'), until: () => hoursFromNow(24) },
    { label: t('order.muteOpen'), until: () => FOR_GOOD },
  ]
  return choices.map(({ label, until }) => (
    <MenuItem key={label} icon={<MicOff size={16} />} onSelect={() => onMute(until())}>
      {label}
    </MenuItem>
  ))
}
