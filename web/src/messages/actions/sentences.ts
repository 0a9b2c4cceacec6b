/** The sentences of what one does with a message, which load with the first of it. */
import type { ComponentType } from 'react'
import { learn } from '../../lib/i18n'
import { later } from '../../lib/later'

export const actionSentences = {
  'zh-CN': () => import('./zh-CN.json'),
  en: () => import('./en.json'),
}

/** A part with these sentences: it is there before the connection may be lost. */
export function laterAction<P extends object>(load: () => Promise<{ default: ComponentType<P> }>) {
  return later(async () => {
    const [part] = await Promise.all([load(), learn(actionSentences)])
    return part
  })
}
