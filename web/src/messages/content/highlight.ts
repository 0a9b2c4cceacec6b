/** Colours for code, loaded when first used. */
import hljs from 'highlight.js/lib/common'

export function highlight(code: string, language: string): string {
  if (hljs.getLanguage(language) === undefined) return ''
  return hljs.highlight(code, { language, ignoreIllegals: true }).value
}
