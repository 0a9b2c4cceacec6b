import { useEffect } from 'react'
import { useRoute } from 'wouter'
import { DropZone } from '../files/DropZone'
import { useT } from '../lib/i18n'
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

/** Two panes on a desktop; on a phone the list or the room, whichever the address names. */
export default function Shell() {
  const t = useT()
  const [isRoom, params] = useRoute('/rooms/:id')
  const id = Number(params?.id)
  const roomId = isRoom && Number.isSafeInteger(id) ? id : null
  const room = useRooms((state) => (roomId === null ? undefined : state.byId[roomId]))
  const isLoaded = useRooms((state) => state.isLoaded)
  useEffect(() => setOpenRoom(roomId), [roomId])
  useKeys()
  useLeaveQuestion()

  return (
    <DropZone roomId={isMine(room) ? room.id : null}>
      <a
        href="#composer"
        className="sr-only focus:not-sr-only focus:absolute focus:start-3 focus:top-3 focus:z-50 focus:rounded-lg focus:bg-accent focus:px-4 focus:py-2 focus:text-on-accent"
      >
        {t('shell.skip')}
      </a>
      <ConnectionBanner />
      <ReloadOffer />
      <div className="flex min-h-0 flex-1">
        <aside
          className={`${roomId === null ? 'flex' : 'hidden md:flex'} w-full flex-col bg-paper md:w-76 md:shrink-0 md:border-e md:border-line`}
        >
          <Sidebar />
        </aside>
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
    </DropZone>
  )
}
