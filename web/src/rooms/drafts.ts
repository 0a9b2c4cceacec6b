/** What I have begun to write in each room; it survives a reload. */
import { create } from 'zustand'
import { currentUser } from '../accounts/store'
import { kept, keptJson } from '../lib/storage'

type Drafts = Record<number, string>

export const useDrafts = create<{ texts: Drafts }>(() => ({ texts: {} }))

const key = (): string => `lanchat.drafts.${currentUser()?.id ?? 0}`

export function loadDrafts(): void {
  useDrafts.setState({ texts: keptJson<Drafts>(key(), {}) })
}

export function setDraft(roomId: number, text: string): void {
  const { [roomId]: _, ...rest } = useDrafts.getState().texts
  const texts = text === '' ? rest : { ...rest, [roomId]: text }
  useDrafts.setState({ texts })
  kept.set(key(), JSON.stringify(texts))
}

export function useDraft(roomId: number): [string, (text: string) => void] {
  const text = useDrafts((state) => state.texts[roomId] ?? '')
  return [text, (next) => setDraft(roomId, next)]
}
