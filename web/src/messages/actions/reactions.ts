/** Answering messages with signs: shown at once, and put back where the server refuses. */
import { currentUser } from '../../accounts/store'
import type { components } from '../../contract'
import { answer, api } from '../../lib/api'
import { asChatError } from '../../lib/errors'
import { errorText } from '../../lib/errorText'
import { t } from '../../lib/i18n'
import { sessionStore } from '../../lib/stores'
import type { Message } from '../../lib/types'
import { sayProblem } from '../../ui/Toast'
import { take } from '../state/feed'

/** By emoji, whether I want to stand there. */
type Wanted = Record<string, boolean>

/** `wanted` by message, as long as the server hasn't answered; `recent` are those that I used last. */
export const useReactions = sessionStore<{ wanted: Record<number, Wanted>; recent: string[] }>({
  wanted: {},
  recent: [],
})

const QUICK = ['👍', '❤️', '😂', '🎉', '😮', '🙏']

/** Six, those used last first. */
export const quickOnes = (recent: string[]): string[] =>
  [...recent, ...QUICK.filter((emoji) => !recent.includes(emoji))].slice(0, QUICK.length)

export interface Pill {
  emoji: string
  count: number
  isMine: boolean
}

/** What stands under a message, with what I want of it. */
export function pillsOf(
  { reactions }: Pick<Message, 'reactions'>,
  myId: number,
  wanted: Wanted = {},
): Pill[] {
  const pills = reactions.map(({ emoji, count, user_ids }) => {
    const isMine = user_ids.includes(myId)
    const wants = wanted[emoji] ?? isMine
    return { emoji, count: count + Number(wants) - Number(isMine), isMine: wants }
  })
  const known = new Set(pills.map(({ emoji }) => emoji))
  for (const [emoji, isMine] of Object.entries(wanted))
    if (isMine && !known.has(emoji)) pills.push({ emoji, count: 1, isMine })
  return pills.filter(({ count }) => count > 0)
}

function want(id: number, emoji: string, isWanted?: boolean): void {
  useReactions.setState(({ wanted }) => {
    const { [emoji]: _, ...others } = wanted[id] ?? {}
    const mine = isWanted === undefined ? others : { ...others, [emoji]: isWanted }
    const { [id]: __, ...rest } = wanted
    return { wanted: Object.keys(mine).length === 0 ? rest : { ...rest, [id]: mine } }
  })
}

/** My sign under a message, or not any more. */
export function toggleReaction(message: Message, emoji: string): void {
  const { wanted, recent } = useReactions.getState()
  const pills = pillsOf(message, currentUser()?.id ?? 0, wanted[message.id])
  const isMine = pills.find((pill) => pill.emoji === emoji)?.isMine === true
  want(message.id, emoji, !isMine)
  if (!isMine)
    useReactions.setState({ recent: [emoji, ...recent.filter((other) => other !== emoji)].slice(0, 6) })
  void bring(message, emoji)
}

const asking = new Set<string>()

/** One request at a time for each sign; who changes their mind meanwhile is asked for again. */
async function bring(message: Message, emoji: string): Promise<void> {
  const key = `${message.id} ${emoji}`
  if (asking.has(key)) return
  asking.add(key)
  const wants = () => useReactions.getState().wanted[message.id]?.[emoji]
  try {
    let told: boolean | undefined
    for (let next = wants(); next !== undefined && next !== told; next = wants()) {
      take(await tell(message, emoji, next))
      told = next
    }
  } catch (reason) {
    const error = asChatError(reason)
    const again = { label: t('ui.retry'), run: () => toggleReaction(message, emoji) }
    if (error.code !== 'session_over') sayProblem(errorText(error), again)
  } finally {
    asking.delete(key)
    want(message.id, emoji)
  }
}

function tell({ room_id, id }: Message, emoji: string, isWanted: boolean): Promise<Message> {
  const init = { params: { path: { room_id, message_id: id, emoji } } }
  const path = '/api/messages/{room_id}/{message_id}/reactions/{emoji}'
  return answer(isWanted ? api.PUT(path, init) : api.DELETE(path, init))
}

/** Who reacted, emoji by emoji, with their names. Throws ChatError. */
export async function loadReactions({
  room_id,
  id,
}: Message): Promise<components['schemas']['Reactions']['reactions']> {
  const path = { room_id, message_id: id }
  const found = await answer(api.GET('/api/messages/{room_id}/{message_id}/reactions', { params: { path } }))
  return found.reactions
}
