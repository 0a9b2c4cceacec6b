/** How far the host has come with its index, for those who run it. */
import type { components } from '../contract'
import { answer, api } from '../lib/api'

export type IndexProgress = components['schemas']['SearchIndex']

/** Throws ChatError. */
export const askProgress = (): Promise<IndexProgress> => answer(api.GET('/api/search/index'))
