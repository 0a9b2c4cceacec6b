/** The timeline of a place where nothing was said yet. */
import type { Timeline } from './timelines'

export const EMPTY: Timeline = {
  ...{ messages: [], hasOlder: false, hasNewer: false, isLoadingOlder: false },
  ...{ lastSeq: 0, newAfter: null, view: 0 },
}
