import { ArrowDown, ArrowUp } from 'lucide-react'
import { type ReactNode, Suspense, useEffect, useMemo, useState } from 'react'
import { Virtualizer } from 'virtua'
import { useT } from '../../lib/i18n'
import type { User } from '../../lib/types'
import { foldedIn, useBlocks } from '../../rooms/blocks'
import { waitsForMe } from '../../rooms/readState'
import { Spinner } from '../../ui/Spinner'
import { useActive } from '../actions/active'
import { forgetWayBack, jumpTo, useJump } from '../actions/jump'
import { rowActions } from '../actions/rowActions'
import { laterAction } from '../actions/sentences'
import { backToEnd, loadNewer } from '../state/around'
import { type Row, toRows } from '../state/rows'
import { useSending } from '../state/sending'
import { loadBackTo, loadOlder, markSeen, type Timeline, unreadAbove } from '../state/timelines'
import { DayLine, NewLine } from './Dividers'
import { FoldedLine } from './FoldedLine'
import { GoneLine } from './GoneLine'
import { MessageRow } from './MessageRow'
import { UnsentRow } from './UnsentRow'
import { useJumping } from './useJumping'
import { useStickyScroll } from './useStickyScroll'
import { walkRows } from './walkRows'

const ActionLayer = laterAction(() => import('../actions/ActionLayer'))

interface Props {
  roomId: number
  /** Whether one other person is in it, and nobody joins. */
  isAlone: boolean
  timeline: Timeline
  me: User
  /** Shown where nothing was said yet. */
  empty: ReactNode
}

export function MessageList({ roomId, isAlone, timeline, me, empty }: Props) {
  const t = useT()
  const all = useSending((state) => state.unsent)
  const blocks = useBlocks()
  const { messages, newAfter, hasNewer } = timeline
  const rows = useMemo(() => {
    const unsent = hasNewer ? [] : all.filter((entry) => entry.room_id === roomId)
    return toRows({ messages, unsent, myId: me.id, newAfter, isFolded: foldedIn(blocks, isAlone) })
  }, [messages, all, roomId, me.id, newAfter, hasNewer, blocks, isAlone])
  const sticky = useStickyScroll({
    rows,
    isWhole: !hasNewer,
    beginsAtLine: timeline.view === 0,
    onNearStart: () => void loadOlder(roomId).catch(() => undefined),
    onNearEnd: () => void loadNewer(roomId).catch(() => undefined),
    onEnd: () => {
      forgetWayBack()
      seeEnd(roomId)
    },
  })
  const { takesKey, ...actions } = rowActions(messages, 'room')
  const isActing = useActive((state) => state.opened !== null)
  const isEmpty = rows.every(saysNothing)
  const above = unreadAbove(timeline)
  const missed = useMissed(timeline, sticky.isAtEnd)
  useJumping(roomId, rows, sticky.jumpToRow)
  useSeeing(roomId, sticky.isAtEnd, timeline.lastSeq)

  /** Page by page, as far as one reads in one go, and then to where the reading ended. */
  async function goToLine() {
    await loadBackTo(roomId, newAfter ?? 0).catch(() => undefined)
    requestAnimationFrame(sticky.jumpToLine)
  }

  /** Where the reader came from, else the latest. */
  function goBack() {
    const { back } = useJump.getState()
    if (back?.room_id === roomId) jumpTo(back)
    else if (hasNewer) backToEnd(roomId)
    else sticky.jumpToEnd()
  }

  return (
    <div className="relative min-h-0 flex-1">
      <section
        role="log"
        aria-live="off"
        aria-label={t('message.list')}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard.
        tabIndex={0}
        {...actions}
        onKeyDown={(event) => takesKey(event) || walkRows(event, sticky.jumpToEnd)}
        className="flex h-full flex-col overflow-y-auto overscroll-contain px-1 pb-2 md:px-3 [overflow-anchor:none] -outline-offset-2"
      >
        {isEmpty ? empty : <div className="grow" />}
        {timeline.isLoadingOlder && (
          <div className="absolute inset-x-0 top-2 grid place-items-center">
            <Spinner />
          </div>
        )}
        <Virtualizer
          ref={sticky.handle}
          shift={sticky.isShifted}
          onScroll={sticky.onScroll}
          onResize={sticky.onResize}
          bufferSize={600}
        >
          {rows.map((row) => (
            <RowView key={row.key} row={row} me={me} />
          ))}
        </Virtualizer>
      </section>
      <Suspense>{isActing && <ActionLayer roomId={roomId} />}</Suspense>
      {hasNewer && <Older onLeave={() => backToEnd(roomId)} />}
      {above > 0 && !timeline.isLoadingOlder && (
        <button
          type="button"
          onClick={() => void goToLine()}
          className="absolute inset-x-0 top-2 mx-auto flex h-9 w-fit items-center gap-1.5 rounded-full border border-line bg-raised px-3 text-sm font-medium shadow-float coarse:h-11"
        >
          <ArrowUp size={16} aria-hidden />
          <span role="status">{t('message.unreadAbove', { count: above })}</span>
        </button>
      )}
      {!sticky.isAtEnd && (
        <button
          type="button"
          onClick={goBack}
          aria-label={missed > 0 ? t('message.jumpToEnd', { count: missed }) : t('message.jumpToLatest')}
          className="absolute end-4 bottom-3 flex h-9 items-center gap-1.5 rounded-full border border-line bg-raised px-3 text-sm font-medium shadow-float coarse:h-11 coarse:min-w-11 coarse:justify-center animate-appear"
        >
          <ArrowDown size={16} aria-hidden />
          {missed > 0 && <span className="text-accent tabular-nums">{missed}</span>}
        </button>
      )}
    </div>
  )
}

function Older({ onLeave }: { onLeave: () => void }) {
  const t = useT()
  return (
    <p
      role="status"
      className="absolute inset-x-0 bottom-3 mx-auto flex min-h-9 w-fit max-w-[calc(100%-8rem)] flex-wrap items-center justify-center gap-x-1 rounded-full border border-line bg-raised px-4 text-sm shadow-float coarse:min-h-11"
    >
      <span className="text-soft">{t('message.older')} ·</span>
      <button
        type="button"
        onClick={onLeave}
        className="min-h-6 font-medium text-accent hover:underline coarse:min-h-11"
      >
        {t('message.toLatest')}
      </button>
    </p>
  )
}

/** That somebody came in is no word to begin with. */
function saysNothing(row: Row): boolean {
  return row.kind === 'day' || (row.kind === 'message' && row.message.message_type === 'system')
}

function RowView({ row, me }: { row: Row; me: User }) {
  if (row.kind === 'day') return <DayLine at={row.at} />
  if (row.kind === 'new') return <NewLine />
  if (row.kind === 'folded') return <FoldedLine messages={row.messages} />
  if (row.kind === 'gone') return <GoneLine messages={row.messages} />
  if (row.kind === 'unsent') return <UnsentRow entry={row.entry} me={me} inGroup={row.inGroup} />
  const { message, inGroup, isLastOwn } = row
  const isOwn = message.user_id === me.id
  return <MessageRow message={message} isOwn={isOwn} inGroup={inGroup} isLastOwn={isLastOwn} />
}

function seeEnd(roomId: number): void {
  if (document.visibilityState === 'visible' && document.hasFocus()) markSeen(roomId)
}

/** Read means: at the end, with the page in front. */
function useSeeing(roomId: number, isAtEnd: boolean, lastSeq: number): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: every new last message is seen anew.
  useEffect(() => {
    if (!isAtEnd) return
    const see = () => seeEnd(roomId)
    see()
    window.addEventListener('focus', see)
    return () => window.removeEventListener('focus', see)
  }, [roomId, isAtEnd, lastSeq])
}

/** How many messages of others came since the end was last in view. */
function useMissed({ messages, lastSeq }: Timeline, isAtEnd: boolean): number {
  const [seen, setSeen] = useState(lastSeq)
  useEffect(() => {
    if (isAtEnd) setSeen(lastSeq)
  }, [isAtEnd, lastSeq])
  if (isAtEnd) return 0
  return messages.filter((message) => message.seq > seen && waitsForMe(message)).length
}
