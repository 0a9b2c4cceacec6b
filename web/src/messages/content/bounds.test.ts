/** Ten thousand characters of somebody else's choosing: what a page does with them as they come into view. */
import { expect, test } from 'vitest'
import { plainText } from '../../lib/plainText'
import { isFewEmoji, isVisible } from '../../lib/scripts'
import { isTooMuch } from './bounds'
import { highlight } from './highlight'
import { mayBeMarkdown } from './mayBeMarkdown'
import { setHighlight, toHtml } from './render'

const MOST = 10_000 // characters of a message
const LIMIT = 1_000 // ms on a busy machine; before there were bounds each of the first three took seconds

const WORDS = { code: '', copy: '', table: '', done: '', toDo: '' }

const HOSTILE: Record<string, string> = {
  'a table of 2,000 columns': `${'|a'.repeat(2_000)}|\n${'|-'.repeat(2_000)}|`,
  'a table of 900 columns and rows that would be filled up': `${'|a'.repeat(900)}|\n${'|-'.repeat(900)}|\n${'x\n'.repeat(900)}`,
  'tables in tables': `${'a|b\n-|-\n'.repeat(490)}`,
  'things to do': '- [ ] a\n'.repeat(999),
  'code of one sign': `\`\`\`java\n${'$'.repeat(9_900)}\n\`\`\``,
  'line feeds': `x${'\n'.repeat(9_999)}`,
  'brackets that never close': '['.repeat(MOST),
  'emphasis that never ends': '*a_ '.repeat(MOST / 4),
  'quotes in quotes in lists': '> - '.repeat(MOST / 4),
  'links without an end': '[a](www.b.c/('.repeat(MOST / 13),
  'backticks of every length': Array.from({ length: 139 }, (_, n) => '`'.repeat(n + 1)).join(' '),
  addresses: 'a@b.c.'.repeat(MOST / 6),
  'blanks and line feeds': ' \n'.repeat(MOST / 2),
  emoji: '👩‍'.repeat(MOST / 3),
  'a thousand short lines': '- a\n'.repeat(999),
}

setHighlight(highlight)

test.each(Object.entries(HOSTILE))('%s holds nobody up', (_, text) => {
  const start = performance.now()
  isFewEmoji(text)
  isVisible(text)
  plainText(text)
  if (!isTooMuch(text) && mayBeMarkdown(text)) toHtml(text, WORDS)
  expect(performance.now() - start).toBeLessThan(LIMIT)
})

test('what would fill the page with lines is not parsed at all', () => {
  expect(isTooMuch('\n'.repeat(1_000))).toBe(true)
  expect(isTooMuch('a | b\n'.repeat(200))).toBe(false)
})
