import { CircleAlert, Clock } from 'lucide-react'
import type { ReactNode } from 'react'
import { AttachmentView } from '../../files/AttachmentView'
import { errorText } from '../../lib/errorText'
import { useT } from '../../lib/i18n'
import type { Unsent } from '../../lib/outbox'
import type { User } from '../../lib/types'
import { Markdown } from '../content/Markdown'
import type { InGroup } from '../state/rows'
import { discard, retry } from '../state/sending'
import { MessageFrame } from './MessageRow'

interface Props {
  entry: Unsent
  me: User
  inGroup: InGroup
}

/** Dim while it is on its way; with its error and what to do about it when it was refused. */
export function UnsentRow({ entry, me, inGroup }: Props) {
  const t = useT()
  return (
    <MessageFrame
      testId={`message-${entry.client_id}`}
      userId={me.id}
      username={me.username}
      isGuest={me.is_guest}
      at={entry.written_at}
      isOwn
      inGroup={inGroup}
    >
      <div className="flex items-end justify-between gap-2">
        <div
          className={`min-w-0 max-w-[46rem] flex-1 ${entry.error === null ? 'text-soft' : ''} overflow-clip`}
        >
          {entry.attachment === null ? (
            <Markdown text={entry.content} />
          ) : (
            <AttachmentView attachment={entry.attachment} isImage={entry.message_type === 'image'} />
          )}
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
      {entry.error !== null && (
        <p role="alert" className="flex flex-wrap items-center gap-x-3 pb-1 text-sm text-danger">
          <span className="flex items-center gap-1.5">
            <CircleAlert size={15} aria-hidden />
            {t('message.failed')} {errorText(entry.error)}
          </span>
          <TextButton onClick={() => void retry(entry)}>{t('ui.retry')}</TextButton>
          <TextButton onClick={() => void discard(entry)}>{t('ui.delete')}</TextButton>
        </p>
      )}
    </MessageFrame>
  )
}

function TextButton({ onClick, children }: { onClick: () => void; children: ReactNode }) {
  return (
    <button
      type="button"
      onClick={onClick}
      className="min-h-6 font-medium underline underline-offset-2 coarse:min-h-11"
    >
      {children}
    </button>
  )
}
