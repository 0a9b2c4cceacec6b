/** What I have begun to write in each room; it survives a reload. */
import { ownerHere } from '../accounts/owner'
import { kept, keptJson } from '../lib/storage'
import { sessionStore } from '../lib/stores'

type Drafts = Record<number, string>

export const useDrafts = sessionStore<{ texts: Drafts }>({ texts: {} })

const keyOf = (owner: string): string => `lanchat.drafts.${owner}`

export function loadDrafts(): void {
  useDrafts.setState({ texts: keptJson<Drafts>(keyOf(ownerHere()), {}) })
}

export function setDraft(roomId: number, text: string): void {
  const { [roomId]: _, ...rest } = useDrafts.getState().texts
  const texts = text === '' ? rest : { ...rest, [roomId]: text }
  useDrafts.setState({ texts })
  kept.set(keyOf(ownerHere()), JSON.stringify(texts))
}

/** For somebody who will not come back. */
export function forgetDrafts(owner: string): void {
  kept.set(keyOf(owner), null)
}

export function useDraft(roomId: number): [string, (text: string) => void] {
  const text = useDrafts((state) => state.texts[roomId] ?? '')
  return [text, (next) => setDraft(roomId, next)]
}
