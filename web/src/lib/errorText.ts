/** What to tell a person about an error: the server's sentence, or ours where no server spoke. */
import type { WireError } from './errors'
import { t } from './i18n'

export function errorText(error: WireError): string {
  if (error.message !== '') return error.message
  return error.code === 'no_connection' ? t('error.noConnection') : t('error.noAnswer')
}
