import { Ellipsis, UserPlus } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useAccount } from '../accounts/store'
import { dayAndTime } from '../lib/format'
import { useT } from '../lib/i18n'
import { lazyWith } from '../lib/later'
import { shownName } from '../lib/people'
import type { Member } from '../lib/types'
import { isForGood, isToCome } from '../lib/until'
import { openCard } from '../profiles/open'
import { canBeginWith } from '../rooms/direct'
import { orderSentences } from '../rooms/sentences'
import { type Room, useRooms } from '../rooms/store'
import { Aside } from '../ui/Aside'
import { Avatar } from '../ui/Avatar'
import { Button } from '../ui/Button'
import { Deferred } from '../ui/Deferred'
import { GuestMark } from '../ui/GuestMark'
import { Spinner } from '../ui/Spinner'
import { StatusMark } from '../ui/StatusMark'
import { deedsUpon, isNothing } from './deeds'
import { loadMembers, sortMembers, usePresence } from './store'

const MemberMenu = lazyWith(orderSentences, () => import('./MemberMenu'))
const AddPeople = lazyWith(orderSentences, () => import('./AddPeople'))

/** Everybody in the room, those online first, and what I may do to them. */
export function MembersPane({ roomId }: { roomId: number }) {
  const t = useT()
  const room = useRooms((state) => state.byId[roomId])
  const members = usePresence((state) => state.members[roomId])
  const online = usePresence((state) => state.online)
  const [isAdding, setAdding] = useState(false)
  useEffect(() => void loadMembers(roomId).catch(() => undefined), [roomId])

  if (members === undefined || room === undefined) {
    return (
      <div className="grid place-items-center py-10">
        <Spinner />
      </div>
    )
  }
  const count = members.filter((member) => online[member.id]).length
  return (
    <>
      <p className="px-2 pb-2 text-sm text-soft">
        {t('members.counts', { online: count, count: members.length })}
      </p>
      {room.can.add && room.kind !== 'lobby' && (
        <Button look="outline" className="mx-2 mb-2 self-start" onClick={() => setAdding(true)}>
          <UserPlus size={16} aria-hidden />
          {t('members.add')}
        </Button>
      )}
      <ul className="space-y-px">
        {sortMembers(members, online).map((member) => (
          <MemberRow key={member.id} room={room} member={member} isOnline={online[member.id] === true} />
        ))}
      </ul>
      {isAdding && (
        <Aside onFail={() => setAdding(false)}>
          <AddPeople room={room} onClose={() => setAdding(false)} />
        </Aside>
      )}
    </>
  )
}

interface RowProps {
  room: Room
  member: Member
  isOnline: boolean
}

function MemberRow({ room, member, isOnline }: RowProps) {
  const t = useT()
  const me = useAccount((state) => state.user)
  const deeds = me === null ? null : deedsUpon(member, room, me)
  return (
    <li
      data-testid={`member-${member.id}`}
      className={`flex min-h-11 items-center gap-2.5 rounded-lg px-2 ${isOnline ? '' : 'text-soft'}`}
    >
      <button
        type="button"
        onClick={(event) => openCard(member.id, event)}
        className="flex min-h-11 min-w-0 flex-1 items-center gap-2.5 text-start"
      >
        <Avatar
          id={member.id}
          name={shownName(member)}
          url={member.avatar_url}
          size={28}
          isOnline={isOnline}
        />
        <span className="min-w-0 flex-1">
          <span className="flex items-center gap-2">
            <span dir="auto" className="truncate">
              {shownName(member)}
            </span>
            <StatusMark id={member.id} />
            {member.is_guest && <GuestMark />}
          </span>
          <Standing member={member} />
        </span>
      </button>
      <span className="sr-only">{t(isOnline ? 'members.online' : 'members.offline')}</span>
      {deeds !== null && member.id !== me?.id && (!isNothing(deeds) || canBeginWith([member])) && (
        <Deferred
          label={t('members.menuOf', { name: shownName(member) })}
          icon={<Ellipsis size={20} />}
          content={(trigger) => <MemberMenu room={room} member={member} deeds={deeds} trigger={trigger} />}
        />
      )}
    </li>
  )
}

/** Their role and their mute, in words. */
function Standing({ member: { role, muted_until: until } }: { member: Member }) {
  const t = useT()
  const words = [
    ...(role === 'member' ? [] : [t(`members.${role}`)]),
    ...(isToCome(until)
      ? [isForGood(until) ? t('members.muted') : t('members.mutedUntil', { when: dayAndTime(until) })]
      : []),
  ]
  return words.length > 0 && <span className="block pb-0.5 text-xs text-soft">{words.join(' · ')}</span>
}
