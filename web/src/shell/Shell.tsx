import { Suspense, useEffect } from 'react'
import { useLocation, useRoute } from 'wouter'
import { DropZone } from '../files/DropZone'
import { lazyWith, useT } from '../lib/i18n'
import { loadRest } from '../lib/later'
import { useMedia } from '../lib/useMedia'
import { jumpTo } from '../messages/actions/jump'
import { goalAt } from '../messages/actions/permalinkPath'
import { useProfiles } from '../profiles/open'
import { profileSentences } from '../profiles/sentences'
import { noteLastRoom } from '../rooms/lastRoom'
import { isMine, setOpenRoom, useRooms } from '../rooms/store'
import { AppBadge } from './AppBadge'
import { ConnectionBanner } from './ConnectionBanner'
import { NoRoom } from './NoRoom'
import { OpenPanel } from './OpenPanel'
import { ReloadOffer } from './ReloadOffer'
import { RoomGate } from './RoomGate'
import { Sidebar } from './Sidebar'
import { useKeys } from './useKeys'
import { useLeaveQuestion } from './useLeaveQuestion'
import { usePaneColour } from './usePaneColour'

const ProfileLayer = lazyWith(profileSentences, () => import('../profiles/ProfileLayer'))

/** Two panes on a desktop; on a phone the list or the room, whichever the address names. */
export default function Shell() {
  const [isRoom, params] = useRoute('/rooms/:id')
  const id = Number(params?.id)
  const roomId = isRoom && Number.isSafeInteger(id) ? id : null
  const room = useRooms((state) => (roomId === null ? undefined : state.byId[roomId]))
  const isLoaded = useRooms((state) => state.isLoaded)
  const isBeside = useMedia('(min-width: 48rem)')
  const isList = roomId === null && !isBeside
  const isMember = isMine(room)
  const canSpeak = isMine(room) && room.can.speak
  useEffect(() => setOpenRoom(roomId), [roomId])
  useEffect(() => {
    if (roomId !== null && isMember) noteLastRoom(roomId)
  }, [roomId, isMember])
  useEffect(loadRest, [])
  usePaneColour(isList)
  usePermalink()
  useKeys()
  useLeaveQuestion()

  return (
    <DropZone roomId={canSpeak ? roomId : null}>
      {canSpeak && <SkipLink />}
      <ConnectionBanner isList={isList} />
      <ReloadOffer />
      <div className="flex min-h-0 flex-1">
        {/* Roles, because elements of another name would be drawn anew at every step between list and room. */}
        <div
          role={isList ? 'main' : 'complementary'}
          className={`${roomId === null ? 'flex' : 'hidden md:flex'} w-full flex-col bg-paper md:w-76 md:shrink-0 md:border-e md:border-line`}
        >
          <Sidebar isHeading={isList} />
        </div>
        <main className={`${roomId === null ? 'hidden md:flex' : 'flex'} min-w-0 flex-1 flex-col`}>
          {roomId === null ? (
            <NoRoom />
          ) : (
            <RoomGate key={roomId} roomId={roomId} room={room} isLoaded={isLoaded} />
          )}
        </main>
      </div>
      <AppBadge />
      <OpenPanel />
      <Profiles />
    </DropZone>
  )
}

/** The address of a message leads to its room, which shows it once it is open: to whoever comes in first, then. */
function usePermalink(): void {
  const [path, navigate] = useLocation()
  useEffect(() => {
    const goal = goalAt(path)
    if (goal === null) return
    jumpTo(goal)
    navigate(`/rooms/${goal.room_id}`, { replace: true })
  }, [path, navigate])
}

function Profiles() {
  const isOpen = useProfiles((state) => state.userId !== null || state.isEditing)
  return <Suspense>{isOpen && <ProfileLayer />}</Suspense>
}

function SkipLink() {
  const t = useT()
  return (
    <a
      href="#composer"
      className="sr-only focus:not-sr-only focus:absolute focus:start-3 focus:top-3 focus:z-50 focus:rounded-lg focus:bg-accent focus:px-4 focus:py-2 focus:text-on-accent"
    >
      {t('shell.skip')}
    </a>
  )
}
