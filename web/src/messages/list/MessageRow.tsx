import { memo, type ReactNode } from 'react'
import { AttachmentView } from '../../files/AttachmentView'
import { clockTime, exactTime } from '../../lib/format'
import { useT } from '../../lib/i18n'
import { spokenName } from '../../lib/spokenName'
import { systemText } from '../../lib/systemText'
import type { Message } from '../../lib/types'
import { Avatar } from '../../ui/Avatar'
import { GuestMark } from '../../ui/GuestMark'
import { Markdown } from '../content/Markdown'
import type { InGroup } from '../state/rows'
import { DeliveryMark } from './DeliveryMark'

interface FrameProps {
  testId: string
  userId: number
  username: string
  isGuest: boolean
  at: string
  isOwn: boolean
  inGroup: InGroup
  children: ReactNode
}

/** The frame that sent and unsent messages share: author and time at the head of a group, else in the margin. */
export function MessageFrame(props: FrameProps) {
  const { testId, userId, username, isGuest, at, isOwn, inGroup, children } = props
  return (
    <article
      data-testid={testId}
      tabIndex={-1}
      aria-label={`${spokenName({ username, is_guest: isGuest })}, ${clockTime(at)}`}
      className={`group mx-2 flex gap-3 px-2 py-0.5 md:mx-3 ${corners(inGroup)} ${isOwn ? 'bg-tint' : 'hover:bg-hover/50'} -outline-offset-2`}
    >
      <div className="w-9 shrink-0 pt-1">
        {inGroup.isFirst ? (
          <Avatar id={userId} name={username} />
        ) : (
          <time
            dateTime={at}
            title={exactTime(at)}
            className="block text-end text-[0.6875rem] leading-4 text-soft tabular-nums opacity-0 group-focus-within:opacity-100 group-hover:opacity-100"
          >
            {clockTime(at)}
          </time>
        )}
      </div>
      <div className="min-w-0 flex-1">
        {inGroup.isFirst && (
          <header className="flex items-baseline gap-2">
            <bdi className="truncate font-semibold">{username}</bdi>
            {isGuest && <GuestMark />}
            <time dateTime={at} title={exactTime(at)} className="shrink-0 text-xs text-soft tabular-nums">
              {clockTime(at)}
            </time>
          </header>
        )}
        {children}
      </div>
    </article>
  )
}

/** A group is one block: round only at its ends. */
function corners({ isFirst, isLast }: InGroup): string {
  return `${isFirst ? 'mt-2 rounded-t-xl pt-1' : ''} ${isLast ? 'rounded-b-xl pb-1.5' : ''}`
}

interface Props {
  message: Message
  isOwn: boolean
  inGroup: InGroup
  isLastOwn: boolean
}

export const MessageRow = memo(function MessageRow({ message, isOwn, inGroup, isLastOwn }: Props) {
  if (message.message_type === 'system') {
    return <SystemLine message={message} />
  }
  return (
    <MessageFrame
      testId={`message-${message.client_id ?? message.id}`}
      userId={message.user_id}
      username={message.username}
      isGuest={message.is_guest}
      at={message.timestamp}
      isOwn={isOwn}
      inGroup={inGroup}
    >
      <div className="flex items-end justify-between gap-2">
        <div className="min-w-0 max-w-[46rem] flex-1 overflow-clip">
          <MessageBody message={message} />
        </div>
        {isLastOwn && <DeliveryMark message={message} />}
      </div>
    </MessageFrame>
  )
})

/** Each name in its own direction, as a Hebrew one would turn the sentence round. */
function SystemLine({ message }: { message: Message }) {
  const t = useT()
  return (
    <p className="mx-auto max-w-[46rem] px-6 py-1.5 text-center text-[0.8125rem] text-balance text-soft wrap-anywhere">
      {systemText(t, message)}
    </p>
  )
}

function MessageBody({ message }: { message: Message }) {
  const t = useT()
  if (message.is_deleted) return <p className="text-soft italic">{t('message.deleted')}</p>
  if (message.attachment === null) return <Markdown text={message.content} />
  const { filename, file_path } = message.attachment
  const isCaption = message.content !== filename && message.content !== file_path
  return (
    <>
      <AttachmentView attachment={message.attachment} isImage={message.message_type === 'image'} />
      {isCaption && message.content.trim() !== '' && <Markdown text={message.content} />}
    </>
  )
}
