/** Words whose files were all taken out before they were sent: they wait in the room's message box again. */
import { COMPOSER } from '../../lib/composerFocus'
import { draftIn, saveDrafts, setDraft } from '../../rooms/drafts'
import { useRooms } from '../../rooms/store'
import { insertText } from './insertText'

export function giveBack(roomId: number, words: string): void {
  if (words.trim() === '') return
  const field = document.querySelector<HTMLTextAreaElement>(`#${COMPOSER}`)
  if (field !== null && useRooms.getState().openId === roomId) insertText(field, words)
  else {
    const draft = draftIn(roomId)
    setDraft(roomId, draft.trim() === '' ? words : `${words}\n${draft}`)
    saveDrafts()
  }
}
