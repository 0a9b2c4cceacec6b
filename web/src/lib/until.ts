/** Moments at which something ends: a mute, a ban. ISO 8601. */

const HOUR = 3_600_000 // ms

/** The wire knows no mute without an end: this one comes when somebody ends it. */
export const FOR_GOOD = '9999-12-31T00:00:00Z'

/** With any zone, and as the server writes it. */
export const isForGood = (moment: string): boolean => moment.startsWith('9999-')

export const hoursFromNow = (hours: number): string => new Date(Date.now() + hours * HOUR).toISOString()

const MORNING = 8 // o'clock, here

export function tomorrowMorning(): string {
  const morning = new Date()
  morning.setDate(morning.getDate() + 1)
  morning.setHours(MORNING, 0, 0, 0)
  return morning.toISOString()
}

/** False without a moment. */
export const isToCome = (moment: string | null): moment is string =>
  moment !== null && Date.parse(moment) > Date.now()
