import { Plus, QrCode, Search } from 'lucide-react'
import { lazy, useState } from 'react'
import { useLocation } from 'wouter'
import { PlainHttpNotice } from '../accounts/PlainHttpNotice'
import { useServer } from '../host/store'
import { asChatError } from '../lib/errors'
import { errorText } from '../lib/errorText'
import { useT } from '../lib/i18n'
import { lazyWith } from '../lib/later'
import { RoomList } from '../rooms/RoomList'
import { orderSentences } from '../rooms/sentences'
import type { Room } from '../rooms/store'
import { joinRoom, setQuery, useRooms } from '../rooms/store'
import { Aside } from '../ui/Aside'
import { IconButton } from '../ui/Button'
import { Deferred } from '../ui/Deferred'
import { NothingKept } from '../ui/NothingKept'
import { sayProblem } from '../ui/Toast'
import { AccountBar } from './AccountBar'
import { openPanel } from './panels'

const JoinDialog = lazy(() => import('../rooms/JoinDialog'))
const NewRoomDialog = lazy(() => import('../rooms/NewRoomDialog'))
const NewMenu = lazy(() => import('../rooms/NewMenu'))
const MessageDialog = lazyWith(orderSentences, () => import('../rooms/MessageDialog'))

/** `isHeading`: the list is all that is shown, and its title the page's. */
export function Sidebar({ isHeading }: { isHeading: boolean }) {
  const [, navigate] = useLocation()
  const [joining, setJoining] = useState<Room | null>(null)
  const [begun, setBegun] = useState<'room' | 'message' | null>(null)
  const isOpen = begun !== null || joining !== null

  function close() {
    setBegun(null)
    setJoining(null)
  }

  function join(room: Room) {
    if (room.is_private) return setJoining(room)
    joinRoom(room.id).then(
      () => navigate(`/rooms/${room.id}`),
      (reason) => sayProblem(errorText(asChatError(reason))),
    )
  }

  return (
    <>
      <Header isHeading={isHeading} onRoom={() => setBegun('room')} onMessage={() => setBegun('message')} />
      <SearchBox />
      <RoomList onJoin={join} />
      <NothingKept />
      <PlainHttpNotice />
      <AccountBar />
      {isOpen && (
        <Aside onFail={close}>
          {begun === 'room' && <NewRoomDialog onClose={close} />}
          {begun === 'message' && <MessageDialog onClose={close} />}
          {joining !== null && <JoinDialog room={joining} onClose={close} />}
        </Aside>
      )}
    </>
  )
}

interface HeaderProps {
  isHeading: boolean
  onRoom: () => void
  onMessage: () => void
}

function Header({ isHeading, ...begins }: HeaderProps) {
  const t = useT()
  const name = useServer((state) => state.info?.name)
  const Title = isHeading ? 'h1' : 'p'
  return (
    <header className="flex items-center gap-2.5 pt-[max(0.625rem,env(safe-area-inset-top))] ps-4 pe-2.5 pb-2">
      <Title className="min-w-0 flex-1 truncate font-voice text-lg font-semibold">
        <bdi>{name}</bdi>
      </Title>
      <IconButton label={t('invite.title')} onClick={() => openPanel('invite')}>
        <QrCode size={20} />
      </IconButton>
      <Deferred
        label={t('direct.begin')}
        icon={<Plus size={20} />}
        content={(trigger) => <NewMenu trigger={trigger} {...begins} />}
      />
    </header>
  )
}

function SearchBox() {
  const t = useT()
  const query = useRooms((state) => state.query)
  return (
    <div className="relative px-3 pb-1">
      <Search size={16} aria-hidden className="absolute start-6 top-1/2 -mt-0.5 -translate-y-1/2 text-soft" />
      <input
        type="search"
        className="field h-9 ps-9! coarse:h-11"
        aria-label={t('rooms.search')}
        placeholder={t('rooms.search')}
        value={query}
        onChange={(event) => setQuery(event.target.value)}
      />
    </div>
  )
}
