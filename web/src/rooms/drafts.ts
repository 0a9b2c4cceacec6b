/**
 * What I have begun to write in each room; it survives a reload. Each room has an entry of its own in the browser's
 * storage, so that two tabs, each writing somewhere else, lose nothing of one another.
 */
import { ownerHere } from '../accounts/owner'
import { kept, keptJson } from '../lib/storage'
import { sessionStore, whenSessionEnds } from '../lib/stores'

type Drafts = Record<number, string>

/** After the last key: writing to the storage, and redrawing the list of rooms, takes a slow phone 100 ms. */
const SAVE_AFTER = 300 // ms

/** As the list of rooms shows them: up to a moment ago. */
export const useDrafts = sessionStore<{ texts: Drafts }>({ texts: {} })

/** Typed a moment ago, by the owner of now. */
const unsaved = new Map<number, string>()
let saving: ReturnType<typeof setTimeout> | undefined
let owner = ''

const prefixOf = (whose: string): string => `lanchat.draft.${whose}.`
const EARLIER = 'lanchat.drafts.' // where all drafts of somebody were one entry

export function loadDrafts(): void {
  owner = ownerHere()
  const earlier = EARLIER + owner
  for (const [room, text] of Object.entries(keptJson<Drafts>(earlier, {}))) keep(Number(room), text)
  kept.set(earlier, null)
  const texts: Drafts = {}
  for (const key of kept.keys()) {
    const room = roomOf(key)
    if (room !== null) texts[room] = kept.get(key) ?? ''
  }
  useDrafts.setState({ texts })
}

const keep = (room: number, text: string): void => kept.set(prefixOf(owner) + room, text === '' ? null : text)

function roomOf(key: string): number | null {
  const prefix = prefixOf(owner)
  const room = key.startsWith(prefix) ? Number(key.slice(prefix.length)) : Number.NaN
  return Number.isSafeInteger(room) ? room : null
}

export const draftIn = (roomId: number): string =>
  unsaved.get(roomId) ?? useDrafts.getState().texts[roomId] ?? ''

export function setDraft(roomId: number, text: string): void {
  unsaved.set(roomId, text)
  clearTimeout(saving)
  saving = setTimeout(saveDrafts, SAVE_AFTER)
}

/** At once: when a message is sent, a room is left, or the page may be on its way out. */
export function saveDrafts(): void {
  clearTimeout(saving)
  for (const [room, text] of unsaved) {
    keep(room, text)
    show(room, text)
  }
  unsaved.clear()
}

function show(room: number, text: string): void {
  const { [room]: _, ...rest } = useDrafts.getState().texts
  useDrafts.setState({ texts: text === '' ? rest : { ...rest, [room]: text } })
}

/** For somebody who will not come back. */
export function forgetDrafts(whose: string): void {
  for (const key of kept.keys()) if (key.startsWith(prefixOf(whose))) kept.set(key, null)
}

/** What another tab of mine writes shows in the list here; what I am writing myself is mine. */
function hear({ key, newValue }: StorageEvent): void {
  const room = key === null ? null : roomOf(key)
  if (room !== null && !unsaved.has(room)) show(room, newValue ?? '')
}

whenSessionEnds(saveDrafts)
addEventListener('storage', hear)
addEventListener('pagehide', saveDrafts)
// Phones end pages in the background without another word.
addEventListener('visibilitychange', saveDrafts, true)
