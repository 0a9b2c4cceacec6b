/** What the window's own screens say, in both languages. */
import { learn } from '../lib/i18n'

export async function learnSentences(): Promise<void> {
  await Promise.all([
    learn({ 'zh-CN': () => import('./zh-CN.json'), en: () => import('./en.json') }),
    learn({ 'zh-CN': () => import('../doctor/zh-CN.json'), en: () => import('../doctor/en.json') }),
    learn({ 'zh-CN': () => import('../about/zh-CN.json'), en: () => import('../about/en.json') }),
  ])
}
