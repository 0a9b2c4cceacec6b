/** The hours of each day in which I want to be told of nothing. */
import type { Preferences } from '../accounts/preferences'

const DAY = 24 * 60 // min

/** "HH:MM" in minutes since midnight. */
function minutesOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number)
  return hours * 60 + minutes
}

export const ownZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone

function clockIn(zone: string | null, now: Date): string {
  const options = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const
  try {
    return new Intl.DateTimeFormat('en-GB', { ...options, timeZone: zone ?? ownZone() }).format(now)
  } catch {
    return new Intl.DateTimeFormat('en-GB', options).format(now) // a browser that doesn't know the zone
  }
}

/** How many minutes of it are left; 0 while I may be told of things. The hours may go beyond midnight. */
export function quietFor(preferences: Preferences | undefined, now = new Date()): number {
  const { dnd_from: from, dnd_until: until, dnd_zone: zone } = preferences ?? {}
  if (!from || !until || from === until) return 0
  const at = minutesOf(clockIn(zone ?? null, now))
  const lasts = (minutesOf(until) - minutesOf(from) + DAY) % DAY
  const since = (at - minutesOf(from) + DAY) % DAY
  return since < lasts ? lasts - since : 0
}
