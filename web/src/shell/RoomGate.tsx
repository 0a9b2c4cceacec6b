import { Suspense, useEffect } from 'react'
import { laterWith } from '../lib/later'
import { forgetDeparture } from '../rooms/departures'
import { orderSentences } from '../rooms/sentences'
import type { Room } from '../rooms/store'
import { Spinner } from '../ui/Spinner'
import { RoomView } from './RoomView'

const Outside = laterWith(orderSentences, () => import('./Outside'))

interface Props {
  roomId: number
  room: Room | undefined
  isLoaded: boolean
}

/** Shows the room to its members, and its door to everybody else. */
export function RoomGate({ roomId, room, isLoaded }: Props) {
  useEffect(() => () => forgetDeparture(roomId), [roomId])
  if (room !== undefined && room.role !== null) return <RoomView room={room} />
  const waiting = (
    <div className="m-auto">
      <Spinner size={28} />
    </div>
  )
  return isLoaded ? (
    <Suspense fallback={waiting}>
      <Outside roomId={roomId} room={room} />
    </Suspense>
  ) : (
    waiting
  )
}
