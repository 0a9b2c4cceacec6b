import { BellOff, Image, Paperclip } from 'lucide-react'
import { Link } from 'wouter'
import { currentUser } from '../accounts/store'
import { captionOf } from '../lib/caption'
import { isToday, shortWhen } from '../lib/format'
import { goneText } from '../lib/goneText'
import { useT } from '../lib/i18n'
import { plainText } from '../lib/plainText'
import { spokenName } from '../lib/spokenName'
import { systemText } from '../lib/systemText'
import type { Message } from '../lib/types'
import { useIsBlocked } from './blocks'
import { DirectMark } from './DirectMark'
import { othersIn } from './direct'
import { useDrafts } from './drafts'
import { levelOf } from './levels'
import { RoomMark } from './RoomMark'
import { useReading } from './readState'
import { useRoomTitle } from './roomTitle'
import type { Room } from './store'
import { useRooms } from './store'

interface Props {
  room: Room
  /** Set for a room I am not in: a click joins instead of opening. */
  onJoin?: () => void
}

const SHELL =
  'flex w-full items-center gap-2.5 rounded-lg px-2.5 py-1.5 coarse:min-h-14 compact:coarse:min-h-11 text-start transition-colors hover:bg-hover aria-[current=page]:bg-chosen'

export function RoomRow({ room, onJoin }: Props) {
  const t = useT()
  const isOpen = useRooms((state) => state.openId === room.id)
  const unread = useReading((state) => state.unread[room.id] ?? 0)
  const mentions = useReading((state) => state.mentions[room.id] ?? 0)
  const level = levelOf(room)
  const title = useRoomTitle(room)
  const isMuted = room.role !== null && level === 'none'
  const body = (
    <>
      {room.kind === 'direct' ? <DirectMark room={room} /> : <RoomMark room={room} />}
      <span className="min-w-0 flex-1 compact:flex compact:items-center compact:gap-2">
        <span className="flex items-baseline gap-2 compact:min-w-0 compact:flex-1">
          <bdi
            className={`truncate ${unread > 0 && !isMuted ? 'font-semibold' : `font-medium ${isOpen || onJoin !== undefined ? '' : 'text-soft'}`}`}
          >
            {title}
          </bdi>
          {isMuted && <Muted />}
          {room.last_message !== null && (unread > 0 || isToday(room.last_message.timestamp)) && (
            <time className="ms-auto shrink-0 text-xs text-soft tabular-nums">
              {shortWhen(room.last_message.timestamp)}
            </time>
          )}
        </span>
        <span className="flex items-center gap-2">
          <Preview room={room} isJoinable={onJoin !== undefined} />
          {mentions > 0 && <CallMark count={mentions} />}
          {unread > 0 && (
            <UnreadBadge
              count={unread}
              isLoud={level === 'all'}
              isCalled={mentions > 0}
              isForMe={mentions > 0 || room.kind === 'direct'}
              label={t('rooms.unread', { count: unread })}
            />
          )}
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

function Muted() {
  const t = useT()
  return <BellOff size={16} className="shrink-0 self-center text-soft" aria-label={t('rooms.muted')} />
}

/** Muted rooms have it too. */
function CallMark({ count }: { count: number }) {
  const t = useT()
  return (
    <span className="ms-auto shrink-0 text-sm leading-4.5 font-bold text-mention">
      <span aria-hidden>@</span>
      <span className="sr-only">{t('rooms.mentions', { count })}</span>
    </span>
  )
}

interface BadgeProps {
  count: number
  label: string
  /** Told outside of the list, too. */
  isLoud: boolean
  /** Behind the sign of a call. */
  isCalled: boolean
  /** Said to me and not to a whole room. */
  isForMe: boolean
}

function UnreadBadge({ count, label, isLoud, isCalled, isForMe }: BadgeProps) {
  const ground = isForMe ? 'bg-mention text-on-mention' : 'bg-accent text-on-accent'
  const look = isLoud
    ? `leading-4.5 font-semibold ${ground}`
    : 'border border-line leading-4 font-medium text-soft'
  return (
    <span
      className={`${isCalled ? '' : 'ms-auto'} shrink-0 rounded-full px-1.5 text-xs tabular-nums ${look}`}
    >
      <span aria-hidden>{count > 99 ? '99+' : count}</span>
      <span className="sr-only">{label}</span>
    </span>
  )
}

const PREVIEW = 'block compact:hidden min-w-0 truncate text-sm text-soft'

/** Each part in its own direction, or a Hebrew name and an Arabic text would change places. */
function LastMessage({ message, isAlone }: { message: Message; isAlone: boolean }) {
  const t = useT()
  const isFolded = useIsBlocked(message.user_id) && !isAlone && message.message_type !== 'system'
  if (isFolded) return <span className={PREVIEW}>{t('message.folded', { count: 1 })}</span>
  if (message.is_deleted)
    return <span className={PREVIEW}>{goneText(t, message, currentUser()?.id ?? 0)}</span>
  const { message_type: type, attachment } = message
  const words = plainText(captionOf(message))
  const isImage = type === 'image'
  const Icon = isImage ? Image : attachment === null ? null : Paperclip
  const text =
    type === 'system'
      ? systemText(t, message, currentUser()?.id ?? 0)
      : words || (isImage ? t('files.photo') : (attachment?.filename ?? ''))
  return (
    <span className={PREVIEW}>
      {type !== 'system' && !isAlone && (
        <>
          <bdi className="inline-block max-w-1/2 truncate align-bottom">{spokenName(message)}</bdi>:{' '}
        </>
      )}
      {Icon !== null && <Icon size={16} className="me-1 inline align-text-bottom" aria-hidden />}
      <bdi>{text}</bdi>
    </span>
  )
}

/** A draft first, else the last message, else what the room is for. */
function Preview({ room, isJoinable }: { room: Room; isJoinable: boolean }) {
  const t = useT()
  const draft = useDrafts((state) => state.texts[room.id])
  if (draft !== undefined) {
    return (
      <span className={PREVIEW}>
        <span className="text-accent">{t('rooms.draft')}</span> <bdi>{draft.slice(0, 200)}</bdi>
      </span>
    )
  }
  const isAlone =
    room.kind === 'direct' && othersIn(room).length < 2 && room.last_message?.user_id !== currentUser()?.id
  if (room.last_message !== null) return <LastMessage message={room.last_message} isAlone={isAlone} />
  const members = t('rooms.members', { count: room.member_count })
  return (
    <span className={PREVIEW}>{(isJoinable ? null : room.description) || room.description || members}</span>
  )
}
