import { Paperclip } from 'lucide-react'
import { useMemo } from 'react'
import { captionOf } from '../lib/caption'
import { exactTime, shortDay } from '../lib/format'
import { useT } from '../lib/i18n'
import { shownName } from '../lib/people'
import { spokenName } from '../lib/spokenName'
import { useIsFolded } from '../rooms/folded'
import { roomTitle } from '../rooms/roomTitle'
import { findRoom } from '../rooms/store'
import { Avatar } from '../ui/Avatar'
import { hitId } from './ids'
import { excerpt, type Hit } from './marks'

interface Props {
  hit: Hit
  isChosen: boolean
  saysRoom: boolean
  onOpen: () => void
}

/** Who said it, where and when, and two lines with what was found. */
export function HitRow({ hit, isChosen, saysRoom, onOpen }: Props) {
  const { message } = hit
  const t = useT()
  const isFolded = useIsFolded(message)
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are the field's.
    <div
      id={hitId(message.id)}
      tabIndex={-1}
      role="option"
      aria-selected={isChosen}
      onClick={onOpen}
      className="flex cursor-pointer items-start gap-2.5 rounded-lg px-2 py-1.5 hover:bg-hover aria-selected:bg-chosen coarse:min-h-12"
    >
      {isFolded ? (
        <p className="text-sm text-soft">
          {t('message.folded', { count: 1 })} ·{' '}
          <span className="font-medium text-accent underline underline-offset-2">
            {t('message.showFolded')}
          </span>
        </p>
      ) : (
        <Found hit={hit} saysRoom={saysRoom} />
      )}
    </div>
  )
}

function Found({ hit, saysRoom }: Pick<Props, 'hit' | 'saysRoom'>) {
  const t = useT()
  const { message, room, highlights } = hit
  const known = findRoom(room.id)
  const { user_id, avatar_url, timestamp, content, attachments } = message
  const pieces = useMemo(() => excerpt(content, highlights), [content, highlights])
  return (
    <>
      <Avatar id={user_id} name={shownName(message)} url={avatar_url} size={28} />
      <div className="min-w-0 flex-1">
        <p className="flex items-baseline gap-2 text-xs text-soft">
          <bdi className="truncate text-sm font-medium text-ink">{spokenName(message)}</bdi>
          {saysRoom && (
            <bdi className="truncate">{known === undefined ? room.name : roomTitle(t, known)}</bdi>
          )}
          <time
            dateTime={timestamp}
            title={exactTime(timestamp)}
            className="ms-auto shrink-0 whitespace-nowrap tabular-nums"
          >
            {shortDay(timestamp)}
          </time>
        </p>
        {attachments.length > 0 && (
          <p className="flex items-center gap-1.5 text-sm">
            <Paperclip size={14} className="shrink-0 text-soft" aria-hidden />
            <bdi className="line-clamp-2">{attachments.map(({ filename }) => filename).join(' · ')}</bdi>
          </p>
        )}
        {captionOf(message) !== '' && (
          <p dir="auto" className="line-clamp-2 text-sm wrap-anywhere">
            {pieces.map(({ text, isFound }, index) =>
              isFound ? (
                // biome-ignore lint/suspicious/noArrayIndexKey: pieces of one text, in its order.
                <mark key={index} className="bg-accent/20 font-semibold text-ink">
                  {text}
                </mark>
              ) : (
                text
              ),
            )}
          </p>
        )}
      </div>
    </>
  )
}
