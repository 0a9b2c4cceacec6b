/** The sentences of everything about an account beyond the first view, which load with the first of it. */
export const accountSentences = {
  'zh-CN': () => import('./zh-CN.json'),
  en: () => import('./en.json'),
}
