import { X } from 'lucide-react'
import { type RefObject, useEffect, useLayoutEffect, useRef } from 'react'
import { currentUser } from '../../accounts/store'
import { useBackCloses } from '../../lib/backCloses'
import { focusComposer } from '../../lib/composerFocus'
import { goneText } from '../../lib/goneText'
import { useT } from '../../lib/i18n'
import type { Message } from '../../lib/types'
import { useAction } from '../../lib/useAction'
import { useIsFolded } from '../../rooms/folded'
import { useRooms } from '../../rooms/store'
import { Alert } from '../../ui/Alert'
import { Button, IconButton } from '../../ui/Button'
import { Spinner } from '../../ui/Spinner'
import { closeThread, type OpenThread } from '../actions/openThread'
import { rowActions } from '../actions/rowActions'
import { FoldedLine } from '../list/FoldedLine'
import { MessageRow } from '../list/MessageRow'
import { InPlace } from '../list/place'
import { UnsentRow } from '../list/UnsentRow'
import { walkRows } from '../list/walkRows'
import { useSending } from '../state/sending'
import { ThreadComposer } from './ThreadComposer'
import { loadMore, loadThread, type Thread, useThread } from './thread'

interface Props {
  open: OpenThread
  /** Over the room, for want of room beside it: "back" leads to it. */
  isAlone: boolean
}

const ALONE = { isFirst: true, isLast: true }

/** A chain of replies beside its room, or over it on a phone. */
export default function ThreadPane({ open, isAlone }: Props) {
  const t = useT()
  const thread = useThread((state) => (state.thread?.rootId === open.rootId ? state.thread : null))
  const room = useRooms((state) => state.byId[open.roomId])
  const { run, problem } = useAction()
  useBackCloses(isAlone, closeThread)
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked once for each.
  useEffect(() => void run(() => loadThread(open)), [open])
  const close = () => {
    closeThread()
    focusComposer()
  }
  const answered = thread === null ? undefined : answerable(thread)
  return (
    <InPlace value="thread">
      <div className="flex min-h-14 items-center justify-between border-b border-line ps-4 pe-2">
        <h2 className="font-semibold">{t('message.replies')}</h2>
        <IconButton label={t('ui.close')} onClick={close}>
          <X size={20} />
        </IconButton>
      </div>
      {problem !== null && <Alert>{problem}</Alert>}
      {thread === null || (thread.root === null && problem === null) ? (
        <div className="m-auto">
          <Spinner />
        </div>
      ) : (
        <Replies thread={thread} />
      )}
      {room?.can.speak && answered !== undefined && (
        <div className="px-3 pb-[max(0.75rem,env(safe-area-inset-bottom))]">
          <ThreadComposer room={room} answered={answered} />
        </div>
      )}
    </InPlace>
  )
}

/** The first of the chain, else the last that still stands. */
const answerable = ({ root, replies }: Thread): Message | undefined =>
  root?.is_deleted === false ? root : replies.findLast(({ is_deleted }) => !is_deleted)

function Replies({ thread }: { thread: Thread }) {
  const t = useT()
  const me = currentUser()
  const all = useSending((state) => state.unsent)
  const log = useRef<HTMLElement>(null)
  const { root, replies, next } = thread
  const unsent = all.filter((entry) => entry.room_id === thread.roomId && entry.thread_id === thread.rootId)
  const messages = root === null ? replies : [root, ...replies]
  const { takesKey, ...actions } = rowActions(messages, 'thread')
  useStayAtEnd(log, replies.length + unsent.length)
  if (me === null) return null
  return (
    <section
      ref={log}
      role="log"
      aria-live="off"
      aria-label={t('message.replies')}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard.
      tabIndex={0}
      {...actions}
      onKeyDown={(event) => takesKey(event) || walkRows(event, () => undefined)}
      className="min-h-0 flex-1 overflow-y-auto overscroll-contain pt-2 pb-2 -outline-offset-2"
    >
      {root !== null && <Row message={root} myId={me.id} />}
      <p className="flex items-center gap-3 px-5 pt-2 text-sm text-soft">
        {t('action.replies', { count: root?.reply_count ?? replies.length })}
        <span className="h-px flex-1 bg-line" />
      </p>
      {replies.map((message) => (
        <Row key={message.client_id ?? message.id} message={message} myId={me.id} />
      ))}
      {next === undefined && (
        <div className="grid place-items-center py-4">
          <Spinner />
        </div>
      )}
      {typeof next === 'string' && (
        <Button look="quiet" className="mx-auto flex" onClick={() => void loadMore().catch(() => undefined)}>
          {t('action.moreReplies')}
        </Button>
      )}
      {unsent.map((entry) => (
        <UnsentRow key={entry.client_id} entry={entry} me={me} inGroup={ALONE} />
      ))}
    </section>
  )
}

function Row({ message, myId }: { message: Message; myId: number }) {
  const t = useT()
  const isFolded = useIsFolded(message)
  if (isFolded) return <FoldedLine messages={[message]} />
  if (message.is_deleted)
    return <p className="px-5 py-1 ps-16 text-sm text-soft">{goneText(t, message, myId)}</p>
  return <MessageRow message={message} isOwn={message.user_id === myId} inGroup={ALONE} isLastOwn={false} />
}

/** With the last of them in view, until the reader scrolls away from it. */
function useStayAtEnd(log: RefObject<HTMLElement | null>, count: number): void {
  const isAtEnd = useRef(true)
  useEffect(() => {
    const { current } = log
    const note = () => {
      if (current !== null)
        isAtEnd.current = current.scrollHeight - current.scrollTop - current.clientHeight < 32
    }
    current?.addEventListener('scroll', note)
    return () => current?.removeEventListener('scroll', note)
  }, [log])
  // biome-ignore lint/correctness/useExhaustiveDependencies: when one more has come.
  useLayoutEffect(() => {
    if (isAtEnd.current) log.current?.scrollTo({ top: log.current.scrollHeight })
  }, [count])
}
