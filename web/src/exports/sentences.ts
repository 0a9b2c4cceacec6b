/** The sentences of taking something out of the chat. */
export const exportSentences = {
  'zh-CN': () => import('./zh-CN.json'),
  en: () => import('./en.json'),
}
