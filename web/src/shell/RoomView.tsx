import { lazy, Suspense, useEffect, useState } from 'react'
import { currentUser } from '../accounts/store'
import { runsTheHost } from '../admin/runsTheHost'
import { Gallery } from '../files/Gallery'
import { isPicture } from '../files/limits'
import { useUploads } from '../files/store'
import { asChatError } from '../lib/errors'
import { errorText } from '../lib/errorText'
import { useT } from '../lib/i18n'
import { later, laterWith } from '../lib/later'
import { shownName } from '../lib/people'
import type { Message } from '../lib/types'
import { useMedia } from '../lib/useMedia'
import { closeThread, useOpenThread } from '../messages/actions/openThread'
import { Composer } from '../messages/composer/Composer'
import { Announcer } from '../messages/list/Announcer'
import { MessageList } from '../messages/list/MessageList'
import { leaveParts } from '../messages/state/around'
import { openTimeline } from '../messages/state/opening'
import { lookAt, lookAway, shownOf, useMessages } from '../messages/state/timelines'
import { TypingLine } from '../presence/TypingLine'
import { foldedIn, useBlocks, useIsBlocked } from '../rooms/blocks'
import { isNotes, othersIn, partnerIn } from '../rooms/direct'
import { isOfTwo } from '../rooms/folded'
import { orderSentences } from '../rooms/sentences'
import type { Room } from '../rooms/store'
import { Button } from '../ui/Button'
import { EmptyPlace } from '../ui/EmptyPlace'
import { Spinner } from '../ui/Spinner'
import { MembersSide } from './MembersSide'
import { RoomHeader } from './RoomHeader'
import { ThreadSide } from './ThreadSide'

const AloneAtHost = lazy(() => import('./AloneAtHost'))
const CannotSpeak = laterWith(orderSentences, () => import('../messages/composer/CannotSpeak'))
const UploadRows = later(() => import('../files/UploadRows'))

export function RoomView({ room }: { room: Room }) {
  const timeline = useMessages((state) => shownOf(state, room.id))
  const me = currentUser()
  const isUploading = useUploads(({ uploads }) =>
    uploads.some(({ roomId, state }) => roomId === room.id && state !== 'chosen'),
  )
  const thread = useOpenThread(({ open }) => (open?.roomId === room.id ? open : null))
  const isWide = useMedia('(min-width: 64rem)')
  const partner = partnerIn(room)
  const blocks = useBlocks()
  const isBlocked = useIsBlocked(room.kind === 'direct' ? partner?.id : undefined)
  useNewLine(room.id)
  if (me === null) return null
  const messages = timeline?.messages ?? NONE
  const isFolded = foldedIn(blocks, isOfTwo(room))
  return (
    <div className="relative flex min-h-0 flex-1">
      <div inert={thread !== null && !isWide} className="@container/pane flex min-w-0 flex-1 flex-col">
        <RoomHeader room={room} />
        {timeline === undefined ? (
          <Opening roomId={room.id} />
        ) : (
          <MessageList
            key={timeline.view}
            roomId={room.id}
            isAlone={isOfTwo(room)}
            timeline={timeline}
            me={me}
            empty={<Empty room={room} />}
          />
        )}
        <div className="px-1 pb-[max(0.75rem,env(safe-area-inset-bottom))] md:px-3">
          <div className="column px-2">
            <TypingLine roomId={room.id} />
            <Suspense>{isUploading && <UploadRows roomId={room.id} />}</Suspense>
            <Suspense fallback={<div className="h-12" />}>
              {room.can.speak && !partner?.is_gone && !isBlocked ? (
                <Composer room={room} />
              ) : (
                <CannotSpeak room={room} />
              )}
            </Suspense>
          </div>
        </div>
        {timeline !== undefined && <Announcer messages={messages} myId={me.id} />}
        <Gallery images={imagesOf(messages.filter((message) => !isFolded(message)))} />
      </div>
      {thread !== null ? (
        <ThreadSide open={thread} isBeside={isWide} />
      ) : (
        (room.kind !== 'direct' || room.member_count > 2) && <MembersSide room={room} />
      )}
    </div>
  )
}

function Empty({ room }: { room: Room }) {
  const t = useT()
  const names = othersIn(room).map(shownName)
  const who = isNotes(room) ? t('direct.onlyMe') : t('direct.only', { names: names.join(t('message.comma')) })
  const hint = room.kind === 'direct' ? who : t('message.emptyHint')
  const said = <EmptyPlace title={t('message.empty')} hint={hint} />
  const isAlone = room.kind === 'lobby' && room.member_count === 1 && runsTheHost()
  return isAlone ? (
    <Suspense fallback={said}>
      <AloneAtHost />
    </Suspense>
  ) : (
    said
  )
}

const NONE: Message[] = []

function imagesOf(messages: Message[]) {
  return messages.flatMap(({ attachments }) => attachments.filter(isPicture))
}

/** What arrives while the reader is elsewhere stands under the line "New". */
function useNewLine(roomId: number): void {
  useEffect(() => {
    lookAt(roomId)
    const look = () => document.visibilityState === 'hidden' && lookAway(roomId)
    document.addEventListener('visibilitychange', look)
    return () => {
      document.removeEventListener('visibilitychange', look)
      closeThread()
      leaveParts(roomId)
      lookAway(roomId)
    }
  }, [roomId])
}

/** The first page on its way, and what to do when it does not come. */
function Opening({ roomId }: { roomId: number }) {
  const t = useT()
  const [problem, setProblem] = useState<string | null>(null)
  const [attempt, setAttempt] = useState(0)
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new attempt opens again.
  useEffect(() => {
    setProblem(null)
    openTimeline(roomId).catch((reason) => setProblem(errorText(asChatError(reason))))
  }, [roomId, attempt])
  return (
    <div className="m-auto space-y-3 px-6 text-center">
      {problem === null ? (
        <Spinner size={28} />
      ) : (
        <>
          <p role="alert">{problem}</p>
          <Button look="outline" onClick={() => setAttempt((n) => n + 1)}>
            {t('ui.retry')}
          </Button>
        </>
      )}
    </div>
  )
}
