export const notifySentences = {
  'zh-CN': () => import('./zh-CN.json'),
  en: () => import('./en.json'),
}
