/** Parts of the client that load when they are wanted, which may fail for two reasons. */
import { ChatError } from './errors'
import { t } from './i18n'
import { reach } from './reachability'

/** Whether something answers at the page's own address. */
export const isHostThere = async (): Promise<boolean> => (await reach(location.origin)) === 'answers'

/** Throws ChatError: a passing one where the host is away; not where it has another version by now. */
export async function part<T>(load: () => Promise<T>): Promise<T> {
  try {
    return await load()
  } catch {
    if (!(await isHostThere())) throw new ChatError({ code: 'no_connection', message: '' })
  }
  // What failed may have been a moment without connection.
  return load().catch(() => {
    throw new ChatError({ code: 'part_missing', message: t('error.partMissing') })
  })
}
