/** Tells whoever hosts in the window that the usual port was taken; loaded only then. */
import { desktop } from '../lib/desktop'
import { t } from '../lib/i18n'
import { sayProblem } from '../ui/Toast'
import { learnSentences } from './sentences'

export async function sayMoved(): Promise<void> {
  await learnSentences()
  sayProblem(t('start.moved', { from: desktop()?.movedFrom, to: location.port }))
}
