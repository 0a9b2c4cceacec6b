/** What a message says in one line, where its form doesn't show: in lists, notifications, for screen readers. */
import { t } from './i18n'

/** No list or notification shows more; a regular expression over more of others' words would be a bill for us. */
const ENOUGH = 600 // characters

export function plainText(markdown: string): string {
  return markdown
    .slice(0, ENOUGH)
    .replace(/(^|\n)[ \t]*(```|~~~)[^\n]*\n[\s\S]*?(\n[ \t]*\2[ \t]*(?=\n|$)|$)/g, `$1${t('message.code')} `)
    .replace(/(?<!`)(`{1,2})(?!`)([^`\n]+)\1(?!`)/g, '$2')
    .replace(/\[([^[\]\n]+)\]\([^()\s]+\)/g, '$1')
    .replace(/^[ \t]*(#{1,6}|>+|[-+*])[ \t]+(?=\S)/gm, '')
    .replace(/(\*\*|~~)(?=\S)([^*~\n]*[^*~\s])\1/g, '$2')
    .replace(/(?<![\w*\\])([*_])(?=[^\s*_])([^*_\n]*[^\s*_\\])\1(?![\w*])/g, '$2')
    .replace(/\s+/g, ' ')
    .trim()
}
