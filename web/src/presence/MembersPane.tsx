import { useEffect } from 'react'
import { useT } from '../lib/i18n'
import type { Member } from '../lib/types'
import { Avatar } from '../ui/Avatar'
import { GuestMark } from '../ui/GuestMark'
import { Spinner } from '../ui/Spinner'
import { loadMembers, sortMembers, usePresence } from './store'

/** Everybody in the room, those online first. */
export function MembersPane({ roomId }: { roomId: number }) {
  const t = useT()
  const members = usePresence((state) => state.members[roomId])
  const online = usePresence((state) => state.online)
  useEffect(() => void loadMembers(roomId).catch(() => undefined), [roomId])

  if (members === undefined) {
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
      <ul className="space-y-px">
        {sortMembers(members, online).map((member) => (
          <MemberRow key={member.id} member={member} isOnline={online[member.id] === true} />
        ))}
      </ul>
    </>
  )
}

function MemberRow({ member, isOnline }: { member: Member; isOnline: boolean }) {
  const t = useT()
  return (
    <li className={`flex min-h-11 items-center gap-2.5 rounded-lg px-2 ${isOnline ? '' : 'text-soft'}`}>
      <Avatar id={member.id} name={member.username} size={30} isOnline={isOnline} />
      <span dir="auto" className="truncate">
        {member.username}
      </span>
      {member.is_guest && <GuestMark />}
      <span className="sr-only">{t(isOnline ? 'members.online' : 'members.offline')}</span>
      {member.role !== 'member' && (
        <span className="ms-auto shrink-0 text-xs text-soft">{t(`members.${member.role}`)}</span>
      )}
    </li>
  )
}
