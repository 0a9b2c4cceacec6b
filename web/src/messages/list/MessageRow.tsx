import { lazy, memo, type ReactNode, Suspense, useContext } from 'react'
import { currentUser } from '../../accounts/store'
import { Attachments } from '../../files/AttachmentView'
import { captionOf } from '../../lib/caption'
import { clockTime, exactTime } from '../../lib/format'
import { useT } from '../../lib/i18n'
import { shownName } from '../../lib/people'
import { isFewEmoji } from '../../lib/scripts'
import { spokenName } from '../../lib/spokenName'
import { systemText } from '../../lib/systemText'
import type { Attachment, Message } from '../../lib/types'
import { openCard } from '../../profiles/open'
import { Avatar } from '../../ui/Avatar'
import { GuestMark } from '../../ui/GuestMark'
import { StatusMark } from '../../ui/StatusMark'
import { useActive } from '../actions/active'
import { useJump } from '../actions/jump'
import { useRecalls } from '../actions/recall'
import { laterAction } from '../actions/sentences'
import { useWriting } from '../actions/writing'
import { Markdown } from '../content/Markdown'
import type { InGroup } from '../state/rows'
import { DeliveryMark } from './DeliveryMark'
import { Marks } from './Marks'
import { InPlace } from './place'

const Pills = lazy(() => import('../actions/Pills'))
export const Quote = laterAction(() => import('./Quote'))
export const ForwardedLine = laterAction(() => import('./ForwardedLine'))
const RepliesLink = laterAction(() => import('./RepliesLink'))
const Toolbar = laterAction(() => import('../actions/Toolbar'))

interface FrameProps {
  testId: string
  userId: number
  name: string
  picture: string | null
  isGuest: boolean
  at: string
  isOwn: boolean
  inGroup: InGroup
  /** Of one that the server has. */
  id?: number
  look?: string
  children: ReactNode
}

/** The frame that sent and unsent messages share: author and time at the head of a group, else in the margin. */
export function MessageFrame(props: FrameProps) {
  const t = useT()
  const { testId, userId, name, picture, isGuest, at, isOwn, inGroup, id, look = '', children } = props
  return (
    <article
      data-testid={testId}
      data-message={id}
      tabIndex={-1}
      aria-label={`${spokenName({ username: name, is_guest: isGuest })}, ${clockTime(at)}`}
      className={`column group relative flex gap-3 rounded-lg px-2 py-0.5 hover:bg-hover/50 ${inGroup.isFirst ? 'mt-group' : ''} -outline-offset-2 coarse:select-none coarse:[-webkit-touch-callout:none] ${look}`}
    >
      <div className="w-face shrink-0 pt-1">
        {inGroup.isFirst && !isOwn ? (
          <button
            type="button"
            tabIndex={-1}
            aria-hidden
            className="relative coarse:after:absolute coarse:after:-inset-1"
            onClick={(event) => openCard(userId, event)}
          >
            <Avatar id={userId} name={name} url={picture} />
          </button>
        ) : (
          !inGroup.isFirst && (
            <time
              dateTime={at}
              title={exactTime(at)}
              className="block text-end text-xs leading-4 text-soft tabular-nums opacity-0 group-focus-within:opacity-100 group-hover:opacity-100 coarse:opacity-100"
            >
              {clockTime(at)}
            </time>
          )
        )}
      </div>
      <div className="min-w-0 flex-1">
        {inGroup.isFirst && (
          <header className="flex items-baseline gap-2 leading-5">
            {isOwn ? (
              <span className="truncate font-semibold">{t('message.you')}</span>
            ) : (
              <button
                type="button"
                tabIndex={-1}
                onClick={(event) => openCard(userId, event)}
                className="min-w-0 truncate font-semibold hover:underline"
              >
                <bdi>{name}</bdi>
              </button>
            )}
            <StatusMark id={userId} />
            {isGuest && !isOwn && <GuestMark />}
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

/** The ground of my own words, as wide as they are: rounder at a group's ends than inside it. */
export function ownGround({ isFirst, isLast }: InGroup): string {
  return `mt-0.5 rounded-xl bg-tint px-3 py-1.5 ${isFirst ? '' : 'rounded-ss-md'} ${isLast ? '' : 'rounded-es-md'}`
}

interface Props {
  message: Message
  isOwn: boolean
  inGroup: InGroup
  isLastOwn: boolean
}

export const MessageRow = memo(function MessageRow({ message, isOwn, inGroup, isLastOwn }: Props) {
  const isLeaving = useRecalls((state) => state.waiting[message.id] !== undefined)
  const isFound = useJump((state) => state.flashing === message.id)
  const isEditing = useWriting(({ now }) => now?.verb === 'edit' && now.message.id === message.id)
  const place = useContext(InPlace)
  if (message.message_type === 'system') {
    return <SystemLine message={message} />
  }
  const isCalled = !isOwn && (message.mentions_all || message.mentions.includes(currentUser()?.id ?? 0))
  const editing = isEditing || isCalled ? 'edited-now' : ''
  const isFilled = isOwn && message.attachment === null && !isFewEmoji(message.content)
  const isMarked = message.edited_at !== null || message.pinned_at !== null
  return (
    <MessageFrame
      testId={`message-${message.client_id ?? message.id}`}
      userId={message.user_id}
      name={shownName(message)}
      picture={message.avatar_url}
      isGuest={message.is_guest}
      at={message.timestamp}
      isOwn={isOwn}
      inGroup={inGroup}
      id={message.id}
      look={`${editing} ${isLeaving ? 'opacity-50' : ''} ${isFound ? 'animate-found motion-reduce:bg-chosen' : ''}`}
    >
      {message.reply_to !== null && (place === 'room' || message.reply_to.id !== message.thread_id) && (
        <Suspense fallback={<div className={message.reply_to.attachment === null ? 'h-6' : 'h-9.5'} />}>
          <Quote quote={message.reply_to} roomId={message.room_id} from={message} />
        </Suspense>
      )}
      {message.forwarded_from !== null && (
        <Suspense fallback={<div className="h-5.5" />}>
          <ForwardedLine from={message.forwarded_from} />
        </Suspense>
      )}
      <div className="flex items-end gap-1.5">
        <div className={`max-w-full min-w-0 overflow-clip ${isFilled ? ownGround(inGroup) : ''}`}>
          <div className={isMarked ? 'flex flex-wrap items-baseline gap-x-2' : ''}>
            <div className="max-w-full">
              <Said
                id={message.client_id ?? message.id}
                said={message}
                files={message.attachments}
                calling={message}
              />
            </div>
            {isMarked && <Marks message={message} />}
          </div>
        </div>
        {isLastOwn && <DeliveryMark message={message} />}
      </div>
      <Suspense>
        <Pills message={message} />
      </Suspense>
      {message.reply_count > 0 && place === 'room' && (
        <Suspense fallback={<div className="h-7 coarse:h-11.5" />}>
          <RepliesLink message={message} />
        </Suspense>
      )}
      {!isLeaving && <Tools message={message} />}
    </MessageFrame>
  )
})

/** Only where the pointer or the focus is. */
function Tools({ message }: { message: Message }) {
  const place = useContext(InPlace)
  const isHovered = useActive((state) => state.hovered === message.id && state.place === place)
  const isFocused = useActive((state) => state.focused === message.id && state.place === place)
  if (!isHovered && !isFocused) return null
  return (
    <Suspense>
      <Toolbar message={message} isFocused={isFocused} />
    </Suspense>
  )
}

/** Each name in its own direction, as a Hebrew one would turn the sentence round. */
function SystemLine({ message }: { message: Message }) {
  const t = useT()
  return (
    <p className="column px-2 py-1.5 ps-14 text-sm text-balance text-soft wrap-anywhere">
      {systemText(t, message, currentUser()?.id ?? 0)}
    </p>
  )
}

interface SaidProps {
  id: string | number
  said: Pick<Message, 'content' | 'attachment'>
  files: Attachment[]
  calling?: Message
}

/** Files, and what is said of them; or words alone. */
export function Said({ id, said, files, calling }: SaidProps) {
  const words = captionOf(said)
  return (
    <>
      {files.length > 0 && <Attachments files={files} />}
      {(files.length === 0 || words.trim() !== '') && (
        <Markdown id={id} text={words} {...(calling === undefined ? {} : { calling })} />
      )}
    </>
  )
}
