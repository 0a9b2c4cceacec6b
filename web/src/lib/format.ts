/** Dates and sizes as the reader's language writes them. */
import { currentLanguage } from './i18n'

const formats = new Map<string, Intl.DateTimeFormat>()

function format(date: Date, options: Intl.DateTimeFormatOptions): string {
  const language = currentLanguage()
  const key = language + JSON.stringify(options)
  let formatter = formats.get(key)
  if (formatter === undefined) {
    formatter = new Intl.DateTimeFormat(language, options)
    formats.set(key, formatter)
  }
  return formatter.format(date)
}

export const clockTime = (iso: string): string =>
  format(new Date(iso), { hour: '2-digit', minute: '2-digit', hour12: false })

export const exactTime = (iso: string): string =>
  format(new Date(iso), { dateStyle: 'full', timeStyle: 'medium', hour12: false })

export function isSameDay(a: string, b: string): boolean {
  return new Date(a).toDateString() === new Date(b).toDateString()
}

const DAY = 86_400_000 // ms

/** Whole calendar days between a date and today, in local time. */
function daysAgo(date: Date, now: Date): number {
  const midnight = (d: Date) => Date.UTC(d.getFullYear(), d.getMonth(), d.getDate())
  return Math.round((midnight(now) - midnight(date)) / DAY)
}

/** "Today", "Yesterday", a weekday and date, and the year when it is another one. */
export function dayName(iso: string, now = new Date()): string {
  const date = new Date(iso)
  const ago = daysAgo(date, now)
  if (ago === 0 || ago === 1) {
    const word = new Intl.RelativeTimeFormat(currentLanguage(), { numeric: 'auto' }).format(-ago, 'day')
    return word.charAt(0).toUpperCase() + word.slice(1)
  }
  const isThisYear = date.getFullYear() === now.getFullYear()
  return format(date, {
    weekday: 'long',
    month: 'long',
    day: 'numeric',
    ...(isThisYear ? {} : { year: 'numeric' }),
  })
}

export const isToday = (iso: string, now = new Date()): boolean => daysAgo(new Date(iso), now) <= 0

/** The time of a message of today, the weekday within a week, else the date: for narrow columns. */
export function shortWhen(iso: string, now = new Date()): string {
  const date = new Date(iso)
  const ago = daysAgo(date, now)
  if (ago <= 0) return clockTime(iso)
  if (ago < 7) return format(date, { weekday: 'short' })
  return format(date, { month: 'numeric', day: 'numeric' })
}

/** "Today", "Yesterday", else the date, for narrow columns. */
export function shortDay(iso: string, now = new Date()): string {
  const date = new Date(iso)
  if (daysAgo(date, now) < 2) return dayName(iso, now)
  const isThisYear = date.getFullYear() === now.getFullYear()
  return format(date, { month: 'short', day: 'numeric', ...(isThisYear ? {} : { year: 'numeric' }) })
}

/** A moment near or far, before or after now: as short as it can be told. */
export function dayAndTime(iso: string, now = new Date()): string {
  const date = new Date(iso)
  if (date.toDateString() === now.toDateString()) return clockTime(iso)
  const isThisYear = date.getFullYear() === now.getFullYear()
  return format(date, {
    month: 'short',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hour12: false,
    ...(isThisYear ? {} : { year: 'numeric' }),
  })
}

/** In the largest unit that says it in a whole number: "30 seconds", "1 day". */
export function lasting(seconds: number): string {
  const [unit, size] = LASTING.find(([, each]) => seconds >= each && seconds % each === 0) ?? ['second', 1]
  const style = { style: 'unit', unit, unitDisplay: 'long' } as const
  return new Intl.NumberFormat(currentLanguage(), style).format(seconds / size)
}

const LASTING: [string, number][] = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
]

const UNITS = ['B', 'KB', 'MB', 'GB']

export function fileSize(bytes: number): string {
  let value = bytes
  let unit = 0
  while (value >= 1024 && unit < UNITS.length - 1) {
    value /= 1024
    unit += 1
  }
  const digits = unit === 0 || value >= 100 ? 0 : 1
  return `${value.toFixed(digits).replace(/\.0$/, '')} ${UNITS[unit]}`
}
