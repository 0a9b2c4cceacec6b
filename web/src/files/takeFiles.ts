/** Chooses files and says which were not taken, and why. */

import { focusComposer } from '../lib/composerFocus'
import { fileSize } from '../lib/format'
import { t } from '../lib/i18n'
import { sayProblem } from '../ui/Toast'
import { chooseFiles } from './store'

/** What goes with them is typed next. */
export function takeFiles(roomId: number, files: File[]): void {
  for (const { name, limit } of chooseFiles(roomId, files)) {
    sayProblem(t('files.tooBig', { name, limit: fileSize(limit) }))
  }
  focusComposer()
}

/** Of what was dropped, the files; a folder looks like one but can't be read, which is said here and not by the network. */
export function droppedFiles(items: DataTransferItemList): File[] {
  const files: File[] = []
  for (const item of Array.from(items)) {
    const entry = item.webkitGetAsEntry?.() ?? null
    const file = item.getAsFile()
    if (entry?.isDirectory) sayProblem(t('files.folder', { name: entry.name }))
    else if (file !== null) files.push(file)
  }
  return files
}
