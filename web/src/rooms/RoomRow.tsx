import { Hash, Lock } from 'lucide-react'
import { Link } from 'wouter'
import { shortWhen } from '../lib/format'
import { useT } from '../lib/i18n'
import { useDrafts } from './drafts'
import { useReading } from './readState'
import type { Room } from './store'
import { useRooms } from './store'

interface Props {
  room: Room
  /** Set for a room I am not in: a click joins instead of opening. */
  onJoin?: () => void
}

const SHELL =
  'flex w-full items-center gap-2.5 rounded-lg px-2.5 py-1.5 coarse:min-h-14 text-start transition-colors hover:bg-hover aria-[current=page]:bg-chosen'

export function RoomRow({ room, onJoin }: Props) {
  const t = useT()
  const isOpen = useRooms((state) => state.openId === room.id)
  const unread = useReading((state) => state.unread[room.id] ?? 0)
  const body = (
    <>
      <RoomMark isPrivate={room.is_private} />
      <span className="min-w-0 flex-1">
        <span className="flex items-baseline gap-2">
          <span dir="auto" className={`truncate ${unread > 0 ? 'font-semibold' : 'font-medium'}`}>
            {room.name}
          </span>
          {room.last_message !== null && (
            <time className="ms-auto shrink-0 text-xs text-soft tabular-nums">
              {shortWhen(room.last_message.timestamp)}
            </time>
          )}
        </span>
        <span className="flex items-center gap-2">
          <Preview room={room} isJoinable={onJoin !== undefined} />
          {unread > 0 && <UnreadBadge count={unread} label={t('rooms.unread', { count: unread })} />}
        </span>
      </span>
    </>
  )
  return (
    <li data-testid={`room-row-${room.id}`}>
      {onJoin === undefined ? (
        <Link href={`/rooms/${room.id}`} className={SHELL} aria-current={isOpen ? 'page' : undefined}>
          {body}
        </Link>
      ) : (
        <button type="button" className={SHELL} onClick={onJoin}>
          {body}
        </button>
      )}
    </li>
  )
}

export function RoomMark({ isPrivate }: { isPrivate: boolean }) {
  const t = useT()
  const Icon = isPrivate ? Lock : Hash
  return (
    <span className="grid size-9 shrink-0 place-items-center rounded-[30%] bg-hover text-soft">
      <Icon size={17} aria-hidden />
      {isPrivate && <span className="sr-only">{t('rooms.private')}</span>}
    </span>
  )
}

function UnreadBadge({ count, label }: { count: number; label: string }) {
  return (
    <span className="ms-auto shrink-0 rounded-full bg-accent px-1.5 text-xs leading-[1.125rem] font-semibold text-on-accent tabular-nums">
      <span aria-hidden>{count > 99 ? '99+' : count}</span>
      <span className="sr-only">{label}</span>
    </span>
  )
}

/** A draft first, else the last message, else what the room is for. */
function Preview({ room, isJoinable }: { room: Room; isJoinable: boolean }) {
  const t = useT()
  const draft = useDrafts((state) => state.texts[room.id])
  const shell = 'block min-w-0 truncate text-[0.8125rem] text-soft'
  if (draft !== undefined) {
    return (
      <span className={shell}>
        <span className="text-accent">{t('rooms.draft')}</span> {draft}
      </span>
    )
  }
  const last = room.last_message
  if (last !== null) {
    const text =
      last.message_type === 'image' ? t('files.image') : (last.attachment?.filename ?? last.content)
    return (
      <span className={shell}>{last.message_type === 'system' ? text : `${last.username}: ${text}`}</span>
    )
  }
  const members = t('rooms.members', { count: room.member_count })
  return (
    <span className={shell}>{(isJoinable ? null : room.description) || room.description || members}</span>
  )
}
