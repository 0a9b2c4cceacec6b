import { CircleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import { type Sending, useProgress } from '../../files/waiting'
import type { WireError } from '../../lib/errors'
import { errorText } from '../../lib/errorText'
import { fileSize, lasting } from '../../lib/format'
import { useT } from '../../lib/i18n'
import type { Unsent } from '../../lib/outbox'
import { useSecondsTo } from '../../lib/useSecondsTo'
import { discard, retry } from '../state/sending'

/** What a message waits for, and what can be done about it. */
export default function UnsentState({ entry }: { entry: Unsent }) {
  return entry.error === null ? <Waiting entry={entry} /> : <Refused entry={entry} error={entry.error} />
}

/** Its files are only here so far. */
function Waiting({ entry }: { entry: Unsent }) {
  const t = useT()
  const sending = useProgress(({ byMessage }) => byMessage[entry.client_id])
  return (
    <p className="flex flex-wrap items-center gap-x-3 pb-1 text-sm text-soft tabular-nums">
      {sending === undefined ? <span>{t('files.waiting')}</span> : <Uploading {...sending} />}
      <TextButton onClick={() => void discard(entry)}>{t('ui.cancel')}</TextButton>
    </p>
  )
}

function Uploading({ percent, speed, left }: Sending) {
  const t = useT()
  return (
    <span>
      {t('files.uploading', { percent })}
      {speed !== null && ` · ${fileSize(speed)}/s`}
      {left !== null && ` · ${t('files.left', { time: lasting(about(left)) })}`}
    </span>
  )
}

/** Nobody can tell more exactly, and what changes with each second is hard to read. */
const about = (seconds: number): number =>
  seconds < 60 ? Math.ceil(seconds / 5) * 5 : Math.ceil(seconds / 60) * 60

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
