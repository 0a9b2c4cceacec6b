/** How people are shown: by the name of their choice, and with what they say of themselves at the moment. */
import { t } from './i18n'
import { on } from './socket'
import { sessionStore } from './stores'
import type { Message, User } from './types'

interface Named {
  username: string
  display_name?: string | null
}

/** By whom what was said stands who deleted their account: nobody else's name begins so. */
const FORMER = /^former_\d+$/

export const isFormer = ({ username }: Named): boolean => FORMER.test(username)

export const shownName = (person: Named): string =>
  isFormer(person) ? t('members.former') : (person.display_name ?? person.username)

/** Of somebody of whom only what they are shown as is known. */
export const nameNow = (name: string): string => shownName({ username: name })

export type Status = User['status']

/** Of those who were met in a list of members, or changed since. */
export const useStatuses = sessionStore<{ byId: Record<number, Status> }>({ byId: {} })

export function noteStatuses(users: Pick<User, 'id' | 'status'>[]): void {
  const found = Object.fromEntries(users.map(({ id, status }) => [id, status]))
  useStatuses.setState(({ byId }) => ({ byId: { ...byId, ...found } }))
}

/** The message with its author, and that of what it quotes, as they are now; the same one if it's of others. */
export function withPersonNow(message: Message, user: User): Message {
  const { id, username, display_name, avatar_url, is_guest } = user
  const quote = message.reply_to
  if (message.system?.actor_id === id && isFormer(user))
    return { ...message, system: { ...message.system, actor_name: username } }
  if (message.user_id !== id && quote?.user_id !== id) return message
  const author = message.user_id === id ? { username, display_name, avatar_url, is_guest } : {}
  const reply_to = quote?.user_id === id ? { ...quote, username, display_name } : quote
  return { ...message, ...author, reply_to }
}

on('user_updated', (user) => noteStatuses([user]))
