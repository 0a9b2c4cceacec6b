import { CircleAlert, Clock } from 'lucide-react'
import { type ReactNode, Suspense, useContext } from 'react'
import { useProgress } from '../../files/waiting'
import type { WireError } from '../../lib/errors'
import { errorText } from '../../lib/errorText'
import { useT } from '../../lib/i18n'
import type { Unsent } from '../../lib/outbox'
import { shownName } from '../../lib/people'
import { isFewEmoji } from '../../lib/scripts'
import type { User } from '../../lib/types'
import { useSecondsTo } from '../../lib/useSecondsTo'
import type { InGroup } from '../state/rows'
import { discard, filesOf, retry } from '../state/sending'
import { ForwardedLine, MessageFrame, ownGround, Quote, Said } from './MessageRow'
import { InPlace } from './place'

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
      {entry.error === null && entry.files !== undefined && <Waiting entry={entry} />}
      {entry.error !== null && <Refused entry={entry} error={entry.error} />}
    </MessageFrame>
  )
}

/** Its files are only here so far. */
function Waiting({ entry }: { entry: Unsent }) {
  const t = useT()
  const percent = useProgress(({ byMessage }) => byMessage[entry.client_id])
  return (
    <p className="flex flex-wrap items-center gap-x-3 pb-1 text-sm text-soft tabular-nums">
      <span>{percent === undefined ? t('files.waiting') : t('files.uploading', { percent })}</span>
      <TextButton onClick={() => void discard(entry)}>{t('ui.cancel')}</TextButton>
    </p>
  )
}

function Refused({ entry, error }: { entry: Unsent; error: WireError }) {
  const t = useT()
  const left = useSecondsTo(error.details?.retry_at)
  return (
    <p role="alert" className="flex flex-wrap items-center gap-x-3 pb-1 text-sm text-danger">
      <span className="flex items-center gap-1.5">
        <CircleAlert size={16} className="shrink-0" aria-hidden />
        {t('message.failed')} {left !== 0 && errorText(error)}
      </span>
      <TextButton disabled={left !== null && left > 0} onClick={() => void retry(entry)}>
        {left !== null && left > 0 ? t('message.retryIn', { count: left }) : t('ui.retry')}
      </TextButton>
      <TextButton onClick={() => void discard(entry)}>{t('ui.delete')}</TextButton>
    </p>
  )
}

interface TextButtonProps {
  onClick: () => void
  disabled?: boolean
  children: ReactNode
}

function TextButton({ onClick, disabled = false, children }: TextButtonProps) {
  return (
    <button
      type="button"
      onClick={onClick}
      disabled={disabled}
      className="min-h-6 font-medium tabular-nums underline underline-offset-2 disabled:no-underline coarse:min-h-11"
    >
      {children}
    </button>
  )
}
