/** The sentences of what one does with a message, which load with the first of it. */
export const actionSentences = {
  'zh-CN': () => import('./zh-CN.json'),
  en: () => import('./en.json'),
}
