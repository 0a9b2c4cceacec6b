import { lazy, Suspense, useState } from 'react'
import { useLocation } from 'wouter'
import { asChatError } from '../lib/errors'
import { errorText } from '../lib/errorText'
import { useT } from '../lib/i18n'
import type { Room } from '../rooms/store'
import { isMine, joinRoom } from '../rooms/store'
import { Button } from '../ui/Button'
import { Spinner } from '../ui/Spinner'
import { sayProblem } from '../ui/Toast'
import { RoomView } from './RoomView'

const JoinDialog = lazy(() => import('../rooms/JoinDialog'))

interface Props {
  roomId: number
  room: Room | undefined
  isLoaded: boolean
}

/** Shows the room to its members, and offers to join it to everybody else. */
export function RoomGate({ room, isLoaded }: Props) {
  if (isMine(room)) return <RoomView room={room} />
  if (!isLoaded) {
    return (
      <div className="m-auto">
        <Spinner size={28} />
      </div>
    )
  }
  return room === undefined ? <NotFound /> : <Invitation room={room} />
}

function Invitation({ room }: { room: Room }) {
  const t = useT()
  const [isAsking, setAsking] = useState(false)

  function join() {
    if (room.is_private) return setAsking(true)
    joinRoom(room.id).catch((reason) => sayProblem(errorText(asChatError(reason))))
  }

  return (
    <div className="m-auto max-w-sm space-y-4 px-6 text-center">
      <p className="text-lg font-semibold">{room.name}</p>
      <p className="text-soft">{room.description || t('rooms.members', { count: room.member_count })}</p>
      <Button onClick={join}>{t('rooms.join')}</Button>
      <Suspense>{isAsking && <JoinDialog room={room} onClose={() => setAsking(false)} />}</Suspense>
    </div>
  )
}

function NotFound() {
  const t = useT()
  const [, navigate] = useLocation()
  return (
    <div className="m-auto space-y-4 px-6 text-center">
      <p className="text-lg font-semibold">{t('rooms.notFound')}</p>
      <Button look="outline" onClick={() => navigate('/')}>
        {t('rooms.backToList')}
      </Button>
    </div>
  )
}
