import { MessageCircle } from 'lucide-react'
import { Popover } from 'radix-ui'
import { useEffect } from 'react'
import { Link, useLocation } from 'wouter'
import { useBackCloses } from '../lib/backCloses'
import { hasCoarsePointer } from '../lib/capabilities'
import { dayAndTime } from '../lib/format'
import { useT } from '../lib/i18n'
import { shownName } from '../lib/people'
import { useAction } from '../lib/useAction'
import { askToBlock, setBlocked, useIsBlocked } from '../rooms/blocks'
import { beginWith, canBeginWith } from '../rooms/direct'
import { Alert } from '../ui/Alert'
import { Avatar } from '../ui/Avatar'
import { Button } from '../ui/Button'
import { Dialog } from '../ui/Dialog'
import { GuestMark } from '../ui/GuestMark'
import { Spinner } from '../ui/Spinner'
import { closeCard, editProfile, useProfiles } from './open'
import { type Card, isMe, loadCard, useCards } from './store'

interface Props {
  userId: number
  onClose: () => void
}

/** Somebody, for who wants to know more: beside what was clicked, or from the bottom where thumbs reach it. */
export function ProfileCard({ userId, onClose }: Props) {
  const t = useT()
  const card = useCards((state) => state.byId[userId])
  const { run, problem } = useAction()
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked once, when the card opens.
  useEffect(() => void run(() => loadCard(userId)), [])
  const title = card === undefined ? '' : t('card.title', { name: shownName(card) })
  const content = (
    <>
      {problem !== null && <Alert>{problem}</Alert>}
      {card === undefined ? problem === null && <Spinner /> : <CardBody card={card} />}
    </>
  )
  if (!hasCoarsePointer())
    return (
      <Beside title={title} onClose={onClose}>
        {content}
      </Beside>
    )
  return (
    <Dialog title={title} isOpen onClose={onClose} place="bottom">
      {content}
    </Dialog>
  )
}

function Beside({
  title,
  onClose,
  children,
}: {
  title: string
  onClose: () => void
  children: React.ReactNode
}) {
  const at = useProfiles((state) => state.at)
  useBackCloses(true, onClose)
  return (
    <Popover.Root open onOpenChange={(isOpen) => !isOpen && onClose()}>
      <Popover.Anchor className="pointer-events-none fixed" style={at} />
      <Popover.Portal>
        <Popover.Content
          aria-label={title}
          data-testid="card"
          className="menu max-h-(--radix-popover-content-available-height) w-72 overflow-y-auto p-4!"
          side="right"
          align="start"
          sideOffset={8}
          collisionPadding={8}
        >
          {children}
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  )
}

function CardBody({ card }: { card: Card }) {
  const t = useT()
  const name = shownName(card)
  return (
    <div className="space-y-3">
      <div className="flex items-center gap-3">
        <Avatar id={card.id} name={name} url={card.avatar_url} size={56} isOnline={card.is_online} />
        <div className="min-w-0">
          <p className="flex items-center gap-2">
            <bdi className="truncate text-lg leading-6 font-semibold">{name}</bdi>
            {card.is_guest && <GuestMark />}
          </p>
          {name !== card.username && <bdi className="block truncate text-sm text-soft">{card.username}</bdi>}
          <p className="text-sm text-soft">
            {card.is_online ? t('card.online') : t('card.lastSeen', { when: dayAndTime(card.last_seen) })}
          </p>
        </div>
      </div>
      <Said card={card} />
      <Shared card={card} />
      {isMe(card.id) ? (
        <Button look="outline" className="w-full" onClick={() => editProfile()}>
          {t('card.edit')}
        </Button>
      ) : (
        <Reach card={card} />
      )}
    </div>
  )
}

/** The way to write to them, and not to be written to by them. */
function Reach({ card }: { card: Card }) {
  const t = useT()
  const [, navigate] = useLocation()
  const isBlocked = useIsBlocked(card.id)
  const { run, problem } = useAction()

  function write() {
    closeCard()
    navigate(`/rooms/${beginWith([card])}`)
  }

  function block() {
    closeCard()
    askToBlock({ id: card.id, name: shownName(card) })
  }

  if (isBlocked)
    return (
      <>
        <p className="text-sm text-soft">{t('block.isBlocked')}</p>
        {problem !== null && <Alert>{problem}</Alert>}
        <Button look="outline" className="w-full" onClick={() => void run(() => setBlocked(card.id, false))}>
          {t('block.unblock')}
        </Button>
      </>
    )
  return (
    <div className="flex gap-2">
      {canBeginWith([card]) && (
        <Button className="flex-1" onClick={write}>
          <MessageCircle size={16} aria-hidden />
          {t('direct.write')}
        </Button>
      )}
      <Button look="quiet" onClick={block}>
        {t('block.block')}
      </Button>
    </div>
  )
}

function Said({ card: { status, real_name, bio, is_admin } }: { card: Card }) {
  const t = useT()
  const holds = status !== null && (status.until === null || Date.parse(status.until) > Date.now())
  return (
    <>
      {holds && (
        <p className="wrap-anywhere">
          {status.emoji} <bdi>{status.text}</bdi>
          {status.until !== null && (
            <span className="block text-xs text-soft">
              {t('card.until', { when: dayAndTime(status.until) })}
            </span>
          )}
        </p>
      )}
      {real_name !== null && <p className="text-sm font-medium wrap-anywhere">{real_name}</p>}
      {bio !== null && <p className="text-sm whitespace-pre-line wrap-anywhere">{bio}</p>}
      {is_admin && <p className="text-xs text-soft">{t('card.admin')}</p>}
    </>
  )
}

const MOST = 6

function Shared({ card: { id, common_rooms: rooms } }: { card: Card }) {
  const t = useT()
  if (isMe(id) || rooms.length === 0) return null
  return (
    <div>
      <p className="mb-1 text-xs font-medium text-soft">{t('card.rooms')}</p>
      <ul className="flex flex-wrap gap-1.5">
        {rooms.slice(0, MOST).map((room) => (
          <li key={room.id} className="min-w-0">
            <Link
              href={`/rooms/${room.id}`}
              onClick={closeCard}
              className="flex h-7 items-center rounded-lg border border-line px-2 text-sm hover:bg-hover coarse:h-11"
            >
              <bdi className="truncate"># {room.name}</bdi>
            </Link>
          </li>
        ))}
        {rooms.length > MOST && <li className="self-center text-sm text-soft">+{rooms.length - MOST}</li>}
      </ul>
    </div>
  )
}
