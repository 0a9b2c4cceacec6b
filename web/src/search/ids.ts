/** Names of the search's parts on the page, by which they refer to each other. */

export const FIELD = 'search-field'
export const HITS = 'search-hits'
export const hitId = (messageId: number): string => `search-hit-${messageId}`
