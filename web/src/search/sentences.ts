/** The sentences of the search, which load with it. */
export const searchSentences = {
  'zh-CN': () => import('./zh-CN.json'),
  en: () => import('./en.json'),
}
