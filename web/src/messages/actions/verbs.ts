/** What one may do with a message: one list, whichever door it is shown behind. */
import { currentUser } from '../../accounts/store'
import { hereAt, useServer } from '../../host/store'
import { copyText } from '../../lib/capabilities'
import { captionOf } from '../../lib/caption'
import { asChatError } from '../../lib/errors'
import { errorText } from '../../lib/errorText'
import { lasting } from '../../lib/format'
import { t } from '../../lib/i18n'
import type { ChatRoom, Message } from '../../lib/types'
import { findRoom } from '../../rooms/store'
import { say, sayProblem } from '../../ui/Toast'
import { open } from './active'
import { isEditable } from './editing'
import { openThread } from './openThread'
import { linkTo } from './permalink'
import { setPinned } from './pins'
import { recall } from './recall'
import { setSaved } from './saved'
import { markUnread } from './unread'
import { startEditing, startReply } from './writing'

export type Verb =
  | 'reply'
  | 'thread'
  | 'forward'
  | 'copy'
  | 'link'
  | 'edit'
  | 'pin'
  | 'unpin'
  | 'save'
  | 'unsave'
  | 'unread'
  | 'report'
  | 'delete'
  | 'remove'

/** In the order in which they stand; what destroys stands last. */
export function verbsOf(message: Message, can: ChatRoom['can'], isSaved: boolean): Verb[] {
  if (message.is_deleted || message.message_type === 'system') return []
  const verbs: Verb[] = []
  if (can.speak) verbs.push('reply')
  if (message.thread_id !== null || message.reply_count > 0) verbs.push('thread')
  verbs.push('forward')
  if (captionOf(message) !== '') verbs.push('copy')
  verbs.push('link')
  if (isEditable(message) && can.speak) verbs.push('edit')
  if (can.pin) verbs.push(message.pinned_at === null ? 'pin' : 'unpin')
  verbs.push(isSaved ? 'unsave' : 'save')
  const isOwn = message.user_id === currentUser()?.id
  if (!isOwn) verbs.push('unread', 'report')
  if (isOwn) verbs.push('delete')
  else if (can.manage) verbs.push('remove')
  return verbs
}

/** Why what stands among the verbs can't be done any more; null where it can. */
export function whyNot(verb: Verb, { timestamp }: Message, can: ChatRoom['can']): string | null {
  const minutes = useServer.getState().info?.recall_minutes
  if (verb !== 'delete' || can.manage || minutes === undefined) return null
  if (minutes === 0) return t('action.noRecall')
  const isLate = Date.now() - hereAt(timestamp) > minutes * 60_000
  return isLate ? t('action.tooLate', { time: lasting(minutes * 60) }) : null
}

async function copied(text: string): Promise<void> {
  if (await copyText(text)) say(t('ui.copied'))
  else sayProblem(t('ui.notCopied'))
}

const RUN: Record<Verb, (message: Message) => void | Promise<void>> = {
  copy: (message) => copied(captionOf(message)),
  link: async (message) => copied(await linkTo(message)),
  reply: startReply,
  thread: openThread,
  forward: (message) => open({ message, door: 'forward', at: { x: 0, y: 0 } }),
  edit: startEditing,
  pin: (message) => setPinned(message, true),
  unpin: (message) => setPinned(message, false),
  save: async (message) => {
    await setSaved(message, true)
    say(t('message.saved'))
  },
  unsave: (message) => setSaved(message, false),
  unread: markUnread,
  report: (message) => open({ message, door: 'report', at: { x: 0, y: 0 } }),
  delete: recall,
  remove: recall,
}

/** What goes wrong is said, with a way to try again. */
export async function perform(verb: Verb, message: Message): Promise<void> {
  try {
    await RUN[verb](message)
  } catch (reason) {
    sayProblem(errorText(asChatError(reason)), {
      label: t('ui.retry'),
      run: () => void perform(verb, message),
    })
  }
}

/** The first of these that one may do, by key. */
export function performOne(keyed: Verb[], message: Message): void {
  const can = findRoom(message.room_id)?.can
  const verb = can && verbsOf(message, can, false).find((each) => keyed.includes(each))
  if (can === undefined || verb === undefined) return
  const reason = whyNot(verb, message, can)
  if (reason === null) void perform(verb, message)
  else sayProblem(reason)
}
