/** Draws whom a message calls: in its form, not in its code or links. */
import type { MarkdownIt, StateCore, Token } from 'markdown-it'

export interface Called {
  /** As it may stand behind the "@". */
  name: string
  isMe: boolean
  /** Nobody's in particular, where all are called. */
  id?: number
}

const ESCAPE = /[\\^$.*+?()[\]{}|/]/g
const BEGINS = '(?<![\\p{L}\\p{N}_/@＠])|(?<=[\\p{sc=Han}\\p{sc=Hira}\\p{sc=Kana}\\p{sc=Hang}])'

/** The longest name first, wherever one may stand. */
function patternOf(called: Called[]): RegExp {
  const names = called.map(({ name }) => name).sort((a, b) => b.length - a.length)
  return new RegExp(
    `(?:${BEGINS})[@＠](?:${names.map((name) => name.replace(ESCAPE, '\\$&')).join('|')})`,
    'giu',
  )
}

export function drawMentions(markdown: MarkdownIt): void {
  markdown.core.ruler.push('mentions', (state: StateCore) => {
    const called = (state.env as { called?: Called[] }).called ?? []
    if (called.length === 0) return
    const pattern = patternOf(called)
    for (const token of state.tokens)
      if (token.type === 'inline' && token.children !== null)
        token.children = drawn(token.children, pattern, called, state)
  })
  const { escapeHtml } = markdown.utils
  markdown.renderer.rules.mention = (tokens, index) => {
    const { content = '', meta } = tokens[index] ?? {}
    const { isMe, id } = meta as Omit<Called, 'name'>
    // Within reach of Tab as long as its row has the focus: see `rowActions`.
    const who = id === undefined ? '' : ` data-person="${id}" role="button" tabindex="-1"`
    return `<span class="mention${isMe ? ' mention-me' : ''}"${who}>${escapeHtml(content)}</span>`
  }
}

function drawn(tokens: Token[], pattern: RegExp, called: Called[], state: StateCore): Token[] {
  let links = 0
  return tokens.flatMap((token) => {
    if (token.type === 'link_open') links += 1
    if (token.type === 'link_close') links -= 1
    return token.type === 'text' && links === 0 ? split(token, pattern, called, state) : [token]
  })
}

function split(token: Token, pattern: RegExp, called: Called[], state: StateCore): Token[] {
  const { content } = token
  const found: Token[] = []
  let at = 0
  const add = (type: string, text: string): Token => {
    const piece = new state.Token(type, '', 0)
    piece.content = text
    piece.level = token.level
    found.push(piece)
    return piece
  }
  for (const match of content.matchAll(pattern)) {
    if (match.index > at) add('text', content.slice(at, match.index))
    const name = match[0].slice(1).toLowerCase()
    const meant = called.filter((each) => each.name.toLowerCase() === name)
    add('mention', match[0]).meta = {
      isMe: meant.some(({ isMe }) => isMe),
      id: meant.find(({ id }) => id)?.id,
    }
    at = match.index + match[0].length
  }
  if (at === 0) return [token]
  if (at < content.length) add('text', content.slice(at))
  return found
}
