import { Lock } from 'lucide-react'
import { useLocation } from 'wouter'
import { asChatError } from '../lib/errors'
import { errorText } from '../lib/errorText'
import { useT } from '../lib/i18n'
import { type Departure, useDepartures } from '../rooms/departures'
import { JoinForm } from '../rooms/JoinForm'
import type { Room } from '../rooms/store'
import { joinRoom } from '../rooms/store'
import { Button } from '../ui/Button'
import { sayProblem } from '../ui/Toast'
import { BackToList, PANE_HEADER } from './BackToList'

interface Props {
  roomId: number
  room: Room | undefined
}

/** Tells whoever was taken out, and offers to join to everybody else. */
export default function Outside({ roomId, room }: Props) {
  const departure = useDepartures((state) => state.byRoom[roomId])
  if (room !== undefined && departure !== undefined) return <TakenOut room={room} departure={departure} />
  return room === undefined || room.archived ? <NotFound /> : <Invitation room={room} />
}

function Invitation({ room }: { room: Room }) {
  const t = useT()
  return (
    <>
      <Heading room={room} />
      <div className="m-auto w-full max-w-sm space-y-4 px-6 text-center">
        {room.is_private && <Private />}
        <p className="text-soft">
          <bdi>{room.description || t('rooms.members', { count: room.member_count })}</bdi>
        </p>
        {room.is_private ? (
          <JoinForm room={room} onJoined={() => undefined} />
        ) : (
          <Button onClick={() => void joinRoom(room.id).catch(sayWhy)}>{t('rooms.join')}</Button>
        )}
      </div>
    </>
  )
}

function TakenOut({ room, departure }: { room: Room; departure: Departure }) {
  const t = useT()
  const [, navigate] = useLocation()
  return (
    <>
      <Heading room={room} />
      <div className="m-auto max-w-sm space-y-4 px-6 text-center">
        <div role="alert">
          <p className="text-lg font-semibold">{t(`rooms.${departure}`, { name: room.name })}</p>
          <p className="mt-1 text-soft">{t(`rooms.${departure}Hint`)}</p>
        </div>
        <Button look="outline" onClick={() => navigate('/')}>
          {t('rooms.backToList')}
        </Button>
      </div>
    </>
  )
}

function Heading({ room }: { room: Room }) {
  return (
    <header className={PANE_HEADER}>
      <BackToList />
      <h1 className="min-w-0 flex-1 truncate font-voice text-lg font-semibold">
        <bdi>{room.name}</bdi>
      </h1>
    </header>
  )
}

const sayWhy = (reason: unknown): void => sayProblem(errorText(asChatError(reason)))

function Private() {
  const t = useT()
  return (
    <div className="grid justify-items-center gap-2">
      <Lock size={48} className="text-soft" aria-hidden />
      <p className="font-voice text-lg font-semibold">{t('rooms.private')}</p>
      <p className="text-soft">{t('rooms.joinHint')}</p>
    </div>
  )
}

function NotFound() {
  const t = useT()
  const [, navigate] = useLocation()
  return (
    <div className="m-auto space-y-4 px-6 text-center">
      <h1 className="text-lg font-semibold">{t('rooms.notFound')}</h1>
      <Button look="outline" onClick={() => navigate('/')}>
        {t('rooms.backToList')}
      </Button>
    </div>
  )
}
