import { useEffect, useRef, useState } from 'react'
import { currentUser } from '../../accounts/store'
import { useT } from '../../lib/i18n'
import { shownName } from '../../lib/people'
import type { Message } from '../../lib/types'
import { useRooms } from '../../rooms/store'
import { loadReactions, type Pill, pillsOf, toggleReaction, useReactions } from './reactions'

const MOST = 12 // about two rows

/** Under a message: one pill an emoji. */
export default function Pills({ message }: { message: Message }) {
  const t = useT()
  const [showsAll, setShowsAll] = useState(false)
  const wanted = useReactions((state) => state.wanted[message.id])
  const myId = currentUser()?.id ?? 0
  const pills = pillsOf(message, myId, wanted)
  if (pills.length === 0) return null
  const shown = showsAll ? pills : pills.slice(0, MOST)
  const more = pills.length - shown.length
  return (
    <ul aria-label={t('message.reactions')} className="flex flex-wrap gap-1 pt-1 pb-0.5">
      {shown.map((pill) => (
        <PillButton key={pill.emoji} message={message} pill={pill} myId={myId} />
      ))}
      {more > 0 && (
        <li>
          <button type="button" className={`${LOOK} border-line`} onClick={() => setShowsAll(true)}>
            +{more}
          </button>
        </li>
      )}
    </ul>
  )
}

const LOOK =
  'flex h-6.5 items-center gap-1 rounded-full border px-2 text-xs tabular-nums coarse:h-8.5 coarse:px-2.5 select-none'
const LONG_PRESS = 400 // ms

interface Props {
  message: Message
  pill: Pill
  myId: number
}

function PillButton({ message, pill: { emoji, count, isMine }, myId }: Props) {
  const t = useT()
  const canReact = useRooms((state) => state.byId[message.room_id]?.can.react === true)
  const [isOpen, setOpen] = useState(false)
  const who = useWho(message, { emoji, count, isMine }, myId, isOpen)
  const press = useRef<ReturnType<typeof setTimeout>>(undefined)
  const isPressed = useRef(false)

  const look = () => setOpen(true)
  const hide = () => setOpen(false)

  return (
    <li className="relative">
      <button
        type="button"
        data-pill
        aria-pressed={isMine}
        aria-disabled={!canReact}
        aria-label={t('message.reacted', { emoji, count })}
        aria-describedby={who === null ? undefined : `who-${message.id}-${emoji}`}
        onClick={() => {
          if (canReact && !isPressed.current) toggleReaction(message, emoji)
          isPressed.current = false
        }}
        onPointerEnter={(event) => event.pointerType === 'mouse' && look()}
        onPointerLeave={hide}
        onFocus={(event) => event.target.matches(':focus-visible') && look()}
        onBlur={hide}
        onPointerDown={(event) => {
          isPressed.current = false
          if (event.pointerType !== 'touch') return
          press.current = setTimeout(() => {
            isPressed.current = true
            look()
          }, LONG_PRESS)
        }}
        onPointerUp={() => clearTimeout(press.current)}
        onPointerCancel={() => clearTimeout(press.current)}
        className={`${LOOK} ${isMine ? 'border-accent bg-tint text-accent' : 'border-line bg-ground text-soft hover:bg-hover'}`}
      >
        <span className="text-base leading-none">{emoji}</span>
        {count}
      </button>
      {who !== null && (
        <span
          id={`who-${message.id}-${emoji}`}
          role="tooltip"
          className="pointer-events-none absolute start-0 bottom-full z-20 mb-1 w-max max-w-60 rounded-md border border-line bg-raised px-2 py-1 text-xs text-ink shadow-float"
        >
          {who}
        </span>
      )}
    </li>
  )
}

/** The names of those who reacted alike while that is asked for, as they change; null until they are known. */
function useWho(message: Message, { emoji, isMine }: Pill, myId: number, isAsked: boolean): string | null {
  const t = useT()
  const [others, setOthers] = useState<string[] | null>(null)
  const latest = useRef(message)
  latest.current = message
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked for again once the message has changed.
  useEffect(() => {
    if (!isAsked) return setOthers(null)
    let isWanted = true
    loadReactions(latest.current).then(
      (found) => {
        const users = found.find((each) => each.emoji === emoji)?.users ?? []
        if (isWanted) setOthers(users.filter(({ id }) => id !== myId).map(shownName))
      },
      () => undefined,
    )
    return () => {
      isWanted = false
    }
  }, [isAsked, emoji, myId, message.changed_seq])
  // Mine is shown at once, the server may not have it yet.
  const names = others === null ? [] : isMine ? [t('message.you'), ...others] : others
  const rest = names.length - 2
  if (names.length === 0) return null
  return rest > 1
    ? t('message.reactedMore', { names: names.slice(0, 2).join(t('message.comma')), count: rest })
    : names.join(t('message.comma'))
}
