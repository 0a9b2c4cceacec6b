/** An entry of a room's log in the reader's language. */
import { dayAndTime } from '../lib/format'
import type { t as T } from '../lib/i18n'
import { shownName } from '../lib/people'
import { isForGood } from '../lib/until'
import type { LogEntry } from './order'
import { inWords } from './timeInWords'

const PLAIN = {
  member_added: 'log.member_added',
  member_removed: 'log.member_removed',
  unmuted: 'log.unmuted',
  unbanned: 'log.unbanned',
  ownership_transferred: 'log.ownership_transferred',
  password_changed: 'log.password_changed',
  message_removed: 'log.message_removed',
  picture_changed: 'log.picture_changed',
  picture_removed: 'log.picture_removed',
  report_dismissed: 'log.report_dismissed',
} as const

/** Codes that are not known here stay as they are. */
export function logText(t: typeof T, entry: LogEntry): string {
  const { action, details } = entry
  const people = {
    actor: shownName(entry.actor),
    target: entry.target === null ? undefined : shownName(entry.target),
  }
  const until = typeof details.until === 'string' ? details.until : null
  const reason = typeof details.reason === 'string' ? details.reason : null
  if (reason !== null)
    return t('log.because', { what: logText(t, { ...entry, details: { ...details, reason: null } }), reason })
  if (action in PLAIN) return t(PLAIN[action as keyof typeof PLAIN], people)
  if (action === 'role_changed')
    return t(details.now === 'member' ? 'log.role_member' : 'log.role_moderator', people)
  if (action === 'muted')
    return until === null || isForGood(until)
      ? t('log.mutedOpen', people)
      : t('log.muted', { ...people, until: dayAndTime(until) })
  if (action === 'banned')
    return until === null
      ? t('log.banned', people)
      : t('log.bannedUntil', { ...people, until: dayAndTime(until) })
  const told = action === 'setting_changed' ? settingText(t, people, details) : null
  return told ?? t('log.other', { ...people, action })
}

type People = { actor: string; target: string | undefined }

function settingText(
  t: typeof T,
  { actor }: People,
  { setting, was, now }: LogEntry['details'],
): string | null {
  if (setting === 'name') return t('log.name', { actor, was: String(was), now: String(now) })
  if (setting === 'description')
    return now ? t('log.description', { actor, now: String(now) }) : t('log.description_none', { actor })
  if (setting === 'is_private') return t(now ? 'log.private' : 'log.public', { actor })
  if (setting === 'posting')
    return t(now === 'managers' ? 'log.managersPost' : 'log.everyonePosts', { actor })
  if (setting === 'slow_mode')
    return now === 0 ? t('log.slow_off', { actor }) : t('log.slow', { actor, time: inWords(t, Number(now)) })
  if (setting === 'history')
    return t(now === 'everyone' ? 'log.history_everyone' : 'log.history_since', { actor })
  if (setting === 'archived') return t(now ? 'log.archived' : 'log.reopened', { actor })
  return null
}
