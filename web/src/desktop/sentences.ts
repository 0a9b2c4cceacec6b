/** What the window's own screens say, in both languages. */
import { learn } from '../lib/i18n'

export const learnSentences = (): Promise<void> =>
  learn({ 'zh-CN': () => import('./zh-CN.json'), en: () => import('./en.json') })
