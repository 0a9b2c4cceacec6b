/** The sentences of cards and of one's own profile. */
export const profileSentences = {
  'zh-CN': () => import('./zh-CN.json'),
  en: () => import('./en.json'),
}
