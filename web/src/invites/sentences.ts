/** The sentences of everything about inviting, which load with the first of it. */
export const inviteSentences = {
  'zh-CN': () => import('./zh-CN.json'),
  en: () => import('./en.json'),
}
