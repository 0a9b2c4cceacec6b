import { useEffect, useState } from 'react'
import { useLocation, useRoute } from 'wouter'
import { isToChoosePassword } from '../accounts/firstPassword'
import { DropZone } from '../files/DropZone'
import { focusComposer } from '../lib/composerFocus'
import { learn, useT } from '../lib/i18n'
import { later, lazyWith, loadRest } from '../lib/later'
import { useMedia } from '../lib/useMedia'
import { jumpTo } from '../messages/actions/jump'
import { goalAt } from '../messages/actions/permalinkPath'
import { editProfile, useProfiles } from '../profiles/open'
import { profileSentences } from '../profiles/sentences'
import { askToBlock, useBlocks } from '../rooms/blocks'
import { findPlace, isPlace } from '../rooms/direct'
import { noteLastRoom } from '../rooms/lastRoom'
import { orderSentences } from '../rooms/sentences'
import { isMine, setOpenRoom, useRooms } from '../rooms/store'
import { searchSentences } from '../search/sentences'
import { Aside } from '../ui/Aside'
import { AppBadge } from './AppBadge'
import { ConnectionBanner } from './ConnectionBanner'
import { NoRoom } from './NoRoom'
import { closeSearch, openPanel, usePanels } from './panels'
import { ReloadOffer } from './ReloadOffer'
import { RoomGate } from './RoomGate'
import { Sidebar } from './Sidebar'
import { useKeys } from './useKeys'
import { useLeaveQuestion } from './useLeaveQuestion'
import { usePaneColour } from './usePaneColour'

const ProfileLayer = lazyWith(profileSentences, async () => {
  const [part] = await Promise.all([import('../profiles/ProfileLayer'), learn(orderSentences)])
  return part
})
const SearchSide = lazyWith(searchSentences, () => import('./SearchSide'))

const OpenPanel = later(() => import('./OpenPanel'))

/** Two panes on a desktop; on a phone the list or the room, whichever the address names. */
export default function Shell() {
  const [isRoom, params] = useRoute('/rooms/:id')
  const id = Number(params?.id)
  const named = isRoom && Number.isSafeInteger(id) ? id : null
  const roomId = useRooms(({ moved }) => (named === null ? null : (moved[named] ?? named)))
  const room = useRooms((state) => (roomId === null ? undefined : state.byId[roomId]))
  const isLoaded = useRooms((state) => state.isLoaded)
  const searches = usePanels((state) => state.searches)
  const isBeside = useMedia('(min-width: 48rem)')
  const isList = roomId === null && !isBeside
  const isMember = isMine(room)
  const canSpeak = isMine(room) && room.can.speak
  useEffect(() => setOpenRoom(roomId), [roomId])
  usePlaces(named, roomId)
  useEffect(() => {
    if (roomId !== null && isMember) noteLastRoom(roomId)
  }, [roomId, isMember])
  useEffect(loadRest, [])
  usePaneColour(isList)
  usePermalink()
  useKeys()
  useLeaveQuestion()
  usePasswordOffer()

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
        {searches !== null && (
          <Aside onFail={closeSearch}>
            <SearchSide asks={searches} />
          </Aside>
        )}
      </div>
      <AppBadge />
      <Panels />
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

/** Once: read before the address leads on to a room. */
function usePasswordOffer(): void {
  const [isDue] = useState(isToChoosePassword)
  useEffect(() => {
    if (!isDue) return
    history.replaceState(null, '')
    openPanel('upgrade')
  }, [isDue])
}

function Panels() {
  const isOpen = usePanels(({ open }) => open !== null)
  return (
    isOpen && (
      <Aside onFail={() => openPanel(null)}>
        <OpenPanel />
      </Aside>
    )
  )
}

function Profiles() {
  const isAsked = useBlocks((state) => state.asked !== null)
  const isOpen = useProfiles((state) => state.userId !== null || state.isEditing) || isAsked
  return (
    isOpen && (
      <Aside onFail={closeProfiles}>
        <ProfileLayer />
      </Aside>
    )
  )
}

function closeProfiles(): void {
  askToBlock(null)
  editProfile(false)
}

/** Follows a place that has become a room, and finds out whose it was after a reload. */
function usePlaces(named: number | null, roomId: number | null): void {
  const [, navigate] = useLocation()
  const isUnknown = useRooms(
    ({ byId, isLoaded }) => isLoaded && roomId !== null && isPlace(roomId) && byId[roomId] === undefined,
  )
  useEffect(() => {
    if (named === roomId) return
    navigate(`/rooms/${roomId}`, { replace: true })
    setTimeout(focusComposer)
  }, [named, roomId, navigate])
  useEffect(() => {
    if (isUnknown && roomId !== null) findPlace(roomId).catch(() => navigate('/', { replace: true }))
  }, [isUnknown, roomId, navigate])
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
