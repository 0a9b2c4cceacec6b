import { Ellipsis, Lock, Pin, Search, Users } from 'lucide-react'
import { useEffect } from 'react'
import { learn, useT } from '../lib/i18n'
import { later } from '../lib/later'
import { useConnection } from '../lib/socket'
import { useMedia } from '../lib/useMedia'
import { loadPins, usePins } from '../messages/actions/pins'
import { isPlace } from '../rooms/direct'
import { RoomMark } from '../rooms/RoomMark'
import { orderSentences } from '../rooms/sentences'
import type { Room } from '../rooms/store'
import { IconButton } from '../ui/Button'
import { Deferred } from '../ui/Deferred'
import { BackToList, PANE_HEADER } from './BackToList'
import { DirectHeader } from './DirectHeader'
import { openPanel, openSearch, toggleMembers, usePanels } from './panels'

const RoomMenu = later(async () => {
  const [part] = await Promise.all([import('../rooms/RoomMenu'), learn(orderSentences)])
  return part
})

export function RoomHeader({ room }: { room: Room }) {
  const t = useT()
  const pins = usePinCount(room.id)
  // There a room's name needs the place.
  const isNarrow = useMedia('(max-width: 47.99rem)')
  const showsMembers = usePanels((state) => state.showsMembers && state.searches === null)
  return (
    <header className={PANE_HEADER}>
      <BackToList />
      {room.kind === 'direct' ? <DirectHeader room={room} /> : <RoomName room={room} />}
      {pins > 0 && !isNarrow && <PinCount count={pins} />}
      {!isPlace(room.id) && (
        <IconButton label={t('message.search')} onClick={() => openSearch()}>
          <Search size={20} />
        </IconButton>
      )}
      {room.kind !== 'direct' && (
        <IconButton label={t('members.title')} aria-pressed={showsMembers} onClick={toggleMembers}>
          <Users size={20} />
        </IconButton>
      )}
      {!isPlace(room.id) && (
        <Deferred
          label={t('rooms.menu')}
          icon={<Ellipsis size={20} />}
          content={(trigger) => (
            <RoomMenu
              room={room}
              trigger={trigger}
              onInvite={() => openPanel('roomInvite')}
              onSettings={() => openPanel('roomSettings')}
              onExport={() => openPanel('exportRoom')}
              pins={isNarrow ? pins : 0}
              onPins={() => openPanel('pins')}
            />
          )}
        />
      )}
    </header>
  )
}

function RoomName({ room }: { room: Room }) {
  const t = useT()
  return (
    <>
      {room.picture_url !== null && (
        <span className="me-1.5 flex">
          <RoomMark room={room} />
        </span>
      )}
      <div className="min-w-20 flex-1">
        <h1 className="flex items-center gap-1.5 font-voice text-lg font-semibold">
          <bdi className="truncate">{room.name}</bdi>
          {room.is_private && (
            <Lock size={14} className="shrink-0 text-soft" aria-label={t('rooms.private')} />
          )}
        </h1>
        <p className="truncate text-xs text-soft">
          <MemberCounts room={room} />
          {room.description && (
            <>
              {' · '}
              <bdi>{room.description}</bdi>
            </>
          )}
        </p>
      </div>
    </>
  )
}

function usePinCount(roomId: number): number {
  const count = usePins((state) => state.byRoom[roomId]?.length ?? 0)
  const isUp = useConnection((state) => state.isUp)
  useEffect(() => {
    if (isUp && !isPlace(roomId)) void loadPins(roomId).catch(() => undefined)
  }, [roomId, isUp])
  return count
}

/** The way to what is pinned, where something is. */
function PinCount({ count }: { count: number }) {
  const t = useT()
  const label = t('rooms.pins', { count })
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      onClick={() => openPanel('pins')}
      className="flex h-button shrink-0 items-center gap-1 rounded-lg px-2 text-sm text-soft tabular-nums hover:bg-hover hover:text-ink coarse:h-touch"
    >
      <Pin size={16} aria-hidden />
      {count}
    </button>
  )
}

/** Who is online is not known while the connection is gone. */
function MemberCounts({ room }: { room: Room }) {
  const t = useT()
  const isDown = useConnection((state) => state.downSince !== null)
  const count = room.member_count
  return isDown ? t('rooms.members', { count }) : t('members.counts', { count, online: room.online_count })
}
