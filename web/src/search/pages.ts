/** Hits page by page, as fast as the server may be asked. */
import type { components } from '../contract'
import { answer, api } from '../lib/api'
import { asChatError } from '../lib/errors'
import { hold, myTurn } from './pace'
import type { Query } from './wish'

export type Page = components['schemas']['HitsPayload']
type QueryAt = (cursor: string | null) => Query

/**
 * Looking takes time, so that a page may end before it has found anything: the next goes on. Null when it isn't wanted any
 * more; throws ChatError.
 */
export async function nextHits(
  queryAt: QueryAt,
  cursor: string | null,
  isWanted: () => boolean,
): Promise<Page | null> {
  let page = await fetchPage(queryAt(cursor), isWanted)
  while (page !== null && page.hits.length === 0 && page.next_cursor !== null)
    page = await fetchPage(queryAt(page.next_cursor), isWanted)
  return page
}

async function fetchPage(query: Query, isWanted: () => boolean): Promise<Page | null> {
  while (await myTurn(isWanted)) {
    try {
      return await answer(api.GET('/api/search/', { params: { query } }))
    } catch (reason) {
      const error = asChatError(reason)
      if (error.code !== 'too_many') throw error
      hold(error.retryAfter ?? 1)
    }
  }
  return null
}
