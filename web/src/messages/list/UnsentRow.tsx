import { Clock } from 'lucide-react'
import { Suspense, useContext } from 'react'
import { useT } from '../../lib/i18n'
import { later } from '../../lib/later'
import type { Unsent } from '../../lib/outbox'
import { shownName } from '../../lib/people'
import { isFewEmoji } from '../../lib/scripts'
import type { User } from '../../lib/types'
import { Boundary } from '../../ui/Boundary'
import { filesOf } from '../state/draft'
import type { InGroup } from '../state/rows'
import { ForwardedLine, MessageFrame, ownGround, Quote, Said } from './MessageRow'
import { InPlace } from './place'

const UnsentState = later(() => import('./UnsentState'))

interface Props {
  entry: Unsent
  me: User
  inGroup: InGroup
}

/** Dim while it is on its way; with its error and what to do about it when it was refused. */
export function UnsentRow({ entry, me, inGroup }: Props) {
  const t = useT()
  const files = filesOf(entry)
  const isFilled = files.length === 0 && !isFewEmoji(entry.content)
  const place = useContext(InPlace)
  const { reply_to: quote } = entry
  return (
    <MessageFrame
      testId={`message-${entry.client_id}`}
      userId={me.id}
      name={shownName(me)}
      picture={me.avatar_url}
      isGuest={me.is_guest}
      at={entry.written_at}
      isOwn
      inGroup={inGroup}
    >
      {quote && (place === 'room' || quote.id !== entry.thread_id) && (
        <Suspense fallback={<div className={quote.attachment === null ? 'h-6' : 'h-9.5'} />}>
          <Quote quote={quote} roomId={entry.room_id} from={null} />
        </Suspense>
      )}
      {entry.forward && (
        <Suspense fallback={<div className="h-5.5" />}>
          <ForwardedLine from={entry.forward.from} />
        </Suspense>
      )}
      <div className="flex items-end gap-1.5">
        <div
          className={`max-w-full min-w-0 overflow-clip ${entry.error === null ? 'text-soft' : ''} ${isFilled ? ownGround(inGroup) : ''}`}
        >
          <Said
            id={entry.client_id}
            said={{ content: entry.content, attachment: files[0] ?? null }}
            files={files}
          />
        </div>
        {entry.error === null && (
          <span
            className="shrink-0 text-soft"
            title={t('message.sending')}
            role="img"
            aria-label={t('message.sending')}
          >
            <Clock size={14} aria-hidden />
          </span>
        )}
      </div>
      <Boundary fallback={null}>
        <Suspense>
          {(entry.error !== null || entry.files !== undefined) && <UnsentState entry={entry} />}
        </Suspense>
      </Boundary>
    </MessageFrame>
  )
}
