/** A time that people set, in the greatest unit of which it is whole. */
import type { t as T } from '../lib/i18n'

export function inWords(t: typeof T, seconds: number): string {
  if (seconds % 3600 === 0) return t('order.hours', { count: seconds / 3600 })
  if (seconds % 60 === 0) return t('order.minutes', { count: seconds / 60 })
  return t('order.seconds', { count: seconds })
}
