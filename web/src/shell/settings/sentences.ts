/** The sentences of the settings and of their menu, which load with the first of them. */
export const settingsSentences = {
  'zh-CN': () => import('./zh-CN.json'),
  en: () => import('./en.json'),
}
