/** What I keep for myself, the newest first. */
import type { components } from '../../contract'
import { answer, api } from '../../lib/api'
import { sessionStore } from '../../lib/stores'
import type { Message } from '../../lib/types'

const PAGE = 100

type Saved = components['schemas']['Saved']

/** Null until it was asked for. */
export const useSaved = sessionStore<{ saved: Saved[] | null }>({ saved: null })

export const isAmong = (saved: Saved[] | null, id: number): boolean =>
  saved?.some(({ message }) => message?.id === id) === true

/** All of it, page by page. Throws ChatError. */
export async function loadSaved(): Promise<void> {
  const saved: Saved[] = []
  let cursor: string | null = null
  do {
    const query: { limit: number; cursor?: string } = { limit: PAGE, ...(cursor === null ? {} : { cursor }) }
    const page: components['schemas']['SavedList'] = await answer(
      api.GET('/api/saved/', { params: { query } }),
    )
    saved.push(...page.saved)
    cursor = page.next_cursor
  } while (cursor !== null)
  useSaved.setState({ saved })
}

/** Throws ChatError. */
export async function setSaved({ id }: Message, isSaved: boolean): Promise<void> {
  const init = { params: { path: { message_id: id } } }
  if (!isSaved) await answer(api.DELETE('/api/saved/{message_id}', init))
  const kept = isSaved ? [await answer(api.PUT('/api/saved/{message_id}', init))] : []
  useSaved.setState(({ saved }) =>
    saved === null ? {} : { saved: [...kept, ...saved.filter(({ message }) => message?.id !== id)] },
  )
}
