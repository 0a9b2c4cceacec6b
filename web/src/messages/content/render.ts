/** From a message's text to HTML, not yet sanitised; null where it is better shown as it was typed. */
import type { Token } from 'markdown-it'
import { MOST_COLOURED } from './bounds'
import { losesWords, makeMarkdown } from './dialect'
import { type Called, drawMentions } from './mentions'
import type { TaskWords } from './tasks'

type Highlight = (code: string, language: string) => string

let highlight: Highlight = () => ''

export function setHighlight(next: Highlight): void {
  highlight = next
}

const markdown = makeMarkdown((code, language) =>
  code.length > MOST_COLOURED ? '' : highlight(code, language),
)

drawMentions(markdown)

const { rules } = markdown.renderer
const fence = rules.fence as NonNullable<typeof rules.fence>

rules.link_open = (tokens, index, options, _env, self) => {
  tokens[index]?.attrSet('target', '_blank')
  tokens[index]?.attrSet('rel', 'noopener noreferrer')
  return self.renderToken(tokens, index, options)
}
// Without the line feed that would be a second one, as blanks are kept.
rules.softbreak = () => '<br>'
rules.ordered_list_open = (tokens, index, options, _env, self) => {
  const list = tokens[index]
  list?.attrSet('style', `--digits: ${widestNumber(tokens, index)}`)
  if (list?.markup === ')') list.attrSet('class', 'bracketed')
  return self.renderToken(tokens, index, options)
}
// As typed: 1., 3., 3. stay what they are.
rules.list_item_open = (tokens, index, options, _env, self) => {
  const item = tokens[index]
  if (item !== undefined && item.info !== '') item.attrSet('value', item.info)
  return self.renderToken(tokens, index, options)
}

/** How many digits the longest number of the list has that opens here. */
function widestNumber(tokens: Token[], at: number): number {
  const level = tokens[at]?.level ?? 0
  let widest = 1
  for (let index = at + 1; (tokens[index]?.level ?? level) > level; index += 1) {
    const item = tokens[index]
    if (item?.type === 'list_item_open' && item.level === level + 1)
      widest = Math.max(widest, item.info.length)
  }
  return widest
}

export interface Words extends TaskWords {
  code: string
  copy: string
  table: string
}

const escaped = (text: string): string => markdown.utils.escapeHtml(text)

export function toHtml(text: string, words: Words, called: Called[] = []): string | null {
  // What scrolls sideways must be reachable by keyboard.
  const region = (name: string): string => `tabindex="0" role="region" aria-label="${escaped(name)}"`
  const frame = (block: string): string =>
    `<div class="code-block">${block.replace('<pre', `<pre ${region(words.code)}`)}` +
    `<button type="button">${escaped(words.copy)}</button></div>`
  rules.fence = (...given) => frame(fence(...given))
  rules.table_open = () => `<div class="table-frame" ${region(words.table)}><table>\n`
  rules.table_close = () => '</table></div>\n'
  const env = { called, words }
  const tokens = markdown.parse(text, env)
  return losesWords(tokens) ? null : markdown.renderer.render(tokens, markdown.options, env)
}
