/** What to tell a person about an error: the server's sentence, or ours where no server spoke. */
import type { WireError } from './errors'
import { dayAndTime } from './format'
import { t } from './i18n'
import { isForGood } from './until'

export function errorText(error: WireError): string {
  if (error.message !== '') return [error.message, ...reasonsOf(error)].join(' ')
  return error.code === 'no_connection' ? t('error.noConnection') : t('error.noAnswer')
}

/** Why, and until when, where the server knows. */
function reasonsOf({ details = {} }: WireError): string[] {
  const { reason, until } = details
  return [
    ...(typeof reason === 'string' && details.fields === undefined ? [t('error.reason', { reason })] : []),
    ...(typeof until === 'string' && !isForGood(until)
      ? [t('error.until', { when: dayAndTime(until) })]
      : []),
  ]
}
