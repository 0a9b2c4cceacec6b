/** Chooses files and says which were too big, naming the limit. */

import { fileSize } from '../lib/format'
import { t } from '../lib/i18n'
import { sayProblem } from '../ui/Toast'
import { chooseFiles } from './store'

export function takeFiles(roomId: number, files: File[]): void {
  for (const { name, limit } of chooseFiles(roomId, files)) {
    sayProblem(t('files.tooBig', { name, limit: fileSize(limit) }))
  }
}
