import { ChatError } from '../lib/errors'
import { t } from '../lib/i18n'

/** Why a file wasn't sent, where no server spoke: browsers tell no more when it has changed, or is gone. */
export async function whyUnsent(file: File): Promise<ChatError> {
  const isThere = await file
    .slice(0, 1)
    .arrayBuffer()
    .then(
      () => true,
      () => false,
    )
  return new ChatError(
    isThere ? { code: 'no_connection', message: '' } : { code: 'file_gone', message: t('error.fileGone') },
  )
}
