import type { ReactNode } from 'react'
import { captionOf } from '../../lib/caption'
import { clockTime, dayName } from '../../lib/format'
import { useT } from '../../lib/i18n'
import { shownName } from '../../lib/people'
import { plainText } from '../../lib/plainText'
import type { Message } from '../../lib/types'
import { useIsFolded } from '../../rooms/folded'
import { Avatar } from '../../ui/Avatar'
import { FoldedWords } from '../list/FoldedLine'

interface Props {
  message: Message
  /** Where it was said, if that isn't plain. */
  room?: string | undefined
  onOpen: () => void
  children?: ReactNode
}

/** A message in a list of such that are kept: what it says, and the way to it. */
export function Kept({ message, room, onOpen, children }: Props) {
  const t = useT()
  const { user_id, avatar_url, timestamp, attachment } = message
  const isFolded = useIsFolded(message)
  if (isFolded)
    return (
      <li className="flex min-h-12 items-center gap-1">
        <p className="min-w-0 flex-1 px-2 text-sm text-soft">
          <FoldedWords messages={[message]} />
        </p>
        {children}
      </li>
    )
  return (
    <li className="flex items-center gap-1">
      <button
        type="button"
        onClick={onOpen}
        className="flex min-h-12 min-w-0 flex-1 items-start gap-2.5 rounded-lg px-2 py-1.5 text-start hover:bg-hover"
      >
        <Avatar id={user_id} name={shownName(message)} url={avatar_url} size={28} />
        <span className="min-w-0 flex-1">
          <span className="flex items-baseline gap-2 text-xs text-soft">
            <bdi className="truncate text-sm font-medium text-ink">{shownName(message)}</bdi>
            {room !== undefined && <bdi className="truncate">{room}</bdi>}
            <time dateTime={timestamp} className="ms-auto shrink-0 tabular-nums">
              {dayName(timestamp)}, {clockTime(timestamp)}
            </time>
          </span>
          <bdi className="line-clamp-2 text-sm wrap-anywhere">
            {plainText(captionOf(message)) || (attachment?.filename ?? t('message.code'))}
          </bdi>
        </span>
      </button>
      {children}
    </li>
  )
}
