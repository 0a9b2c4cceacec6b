/** The sentences of keeping a room in order, which load with the first of it. */
export const orderSentences = {
  'zh-CN': () => import('./zh-CN.json'),
  en: () => import('./en.json'),
}
