/**
 * Our Markdown. It adds form and never takes characters: what isn't clearly meant as form stays as typed, and a message
 * always shows its words. Where it differs from CommonMark, it is for paths, code, formulas and Chinese.
 */
import { type MarkdownIt, default as Parser, type StateInline, type Token } from 'markdown-it'
import { isBlank, isCjk, isOfWord, isPunctuation, isVisible } from '../../lib/scripts'
import { boundTables } from './tables'
import { drawTasks } from './tasks'

/** Deeper quotes and lists are somebody holding a key down. */
const MOST_NESTED = 20

export function makeMarkdown(highlight: (code: string, language: string) => string): MarkdownIt {
  const markdown = new Parser({ html: false, linkify: true, breaks: true, highlight })
  markdown.set({ maxNesting: MOST_NESTED })
  // A picture by address would be a request to somewhere else. The others take characters away: "&copy;", "[a]: b", "===".
  markdown.disable(['image', 'entity', 'reference', 'lheading', 'autolink'])
  markdown.inline.ruler.at('escape', keepBackslash)
  markdown.inline.ruler.before('link', 'wordless', keepWordlessLink)
  markdown.inline.ruler.at('newline', keepBlanks)
  markdown.inline.State = withOwnDelimiters(markdown.inline.State)
  boundTables(markdown)
  drawTasks(markdown)
  linkWww(markdown)
  showTrueHosts(markdown)
  return markdown
}

/** A backslash still keeps a sign from becoming form, and stays itself, as paths and shrugs want it. */
function keepBackslash(state: StateInline, silent: boolean): boolean {
  const next = state.src[state.pos + 1] ?? ''
  if (state.src[state.pos] !== '\\' || !/[!-/:-@[-`{-~]/.test(next)) return false
  if (!silent) state.pending += `\\${next}`
  state.pos += 2
  return true
}

/** A link with nothing to click on. */
function keepWordlessLink(state: StateInline, silent: boolean): boolean {
  if (state.src[state.pos] !== '[') return false
  const words = /^\[([^[\]]{0,100})\]\(/.exec(state.src.slice(state.pos, state.pos + 110))?.[1]
  if (words === undefined || isVisible(words)) return false
  if (!silent) state.pending += `[${words}]`
  state.pos += words.length + 2
  return true
}

/** Lines end where they were ended, and begin with the blanks that they were given. */
function keepBlanks(state: StateInline, silent: boolean): boolean {
  if (state.src[state.pos] !== '\n') return false
  if (!silent) state.push('softbreak', 'br', 0)
  state.pos += 1
  return true
}

interface Delimiters {
  can_open: boolean
  can_close: boolean
  length: number
}

const NEITHER = { can_open: false, can_close: false }

function withOwnDelimiters(State: MarkdownIt['inline']['State']): MarkdownIt['inline']['State'] {
  return class extends State {
    override scanDelims(start: number, canSplitWord: boolean): Delimiters {
      const { src, posMax } = this
      const marker = src[start] ?? ''
      let end = start
      while (end < posMax && src[end] === marker) end += 1
      const length = end - start
      const before = characterBefore(src, start)
      const after = end < posMax ? characterAt(src, end) : ''
      const isFormula = isOfWord(before) && isOfWord(after) // 2*3*4, 2**8
      if (isFormula || (marker === '_' && isIdentifier(src, start))) return { ...NEITHER, length }
      return { ...flanks(before, after, canSplitWord), length }
    }
  }
}

/** CommonMark's rules, except that Chinese punctuation is no border of a word, and Chinese characters are. */
function flanks(before: string, after: string, canSplitWord: boolean): Omit<Delimiters, 'length'> {
  const [blankBefore, blankAfter] = [isBlank(before), isBlank(after)]
  const signBefore = isPunctuation(before) && !isCjk(before)
  const signAfter = isPunctuation(after) && !isCjk(after)
  const opens = !blankAfter && (!signAfter || blankBefore || signBefore || isCjk(before))
  const closes = !blankBefore && (!signBefore || blankAfter || signAfter || isCjk(after))
  return {
    can_open: opens && (canSplitWord || !closes || isPunctuation(before)),
    can_close: closes && (canSplitWord || !opens || isPunctuation(after)),
  }
}

const characterAt = (text: string, at: number): string => String.fromCodePoint(text.codePointAt(at) ?? 32)

function characterBefore(text: string, at: number): string {
  if (at === 0) return ''
  const isSecondHalf = at > 1 && /[\udc00-\udfff]/.test(text[at - 1] ?? '')
  return characterAt(text, isSecondHalf ? at - 2 : at - 1)
}

const LONGEST_NAME = 64

/** The underscores of `__init__` belong to a name. */
function isIdentifier(text: string, at: number): boolean {
  const head = /\w*$/.exec(text.slice(Math.max(0, at - LONGEST_NAME), at))?.[0] ?? ''
  const tail = /^\w*/.exec(text.slice(at, at + LONGEST_NAME))?.[0] ?? ''
  return /^__+[A-Za-z0-9](\w*[A-Za-z0-9])?__+$/.test(head + tail)
}

function linkWww(markdown: MarkdownIt): void {
  markdown.linkify.add('www.', {
    validate(text: string, at: number): number {
      const found =
        /^[\p{L}\p{N}-]+(\.[\p{L}\p{N}-]+)+(:\d+)?([/?#][^\s<>"'“”‘’，。；：！？（）《》、]*)?/u.exec(
          text.slice(at, at + 2_000),
        )
      return found === null ? 0 : found[0].replace(/[.,;:!?)\]}*_~]+$/, '').length
    },
    normalize(match: { url: string }): void {
      match.url = `http://${match.url}`
    },
  })
}

/** Letters of other alphabets that are taken for Latin ones. */
const LOOK_LATIN = /^[аәԁеһіјӏкӄлмнорԛсѕтуүхѵԝьαβγειικνορτυχωո\p{N}-]+$/iu

/** What a link leads to stands in it as the browser will call it, where it would be taken for something else. */
function showTrueHosts(markdown: MarkdownIt): void {
  const asRead = markdown.normalizeLinkText.bind(markdown)
  markdown.normalizeLinkText = (url) => {
    const text = asRead(url)
    const host = /^(?:[a-z]+:)?\/\/([^/?#]*)/i.exec(text)?.[1] ?? text.split(/[/?#]/)[0] ?? ''
    if (!host.split('.').some(mayDeceive)) return text
    const isWhole = /^[a-z]+:/i.test(url)
    return isWhole ? markdown.normalizeLink(url) : markdown.normalizeLink(`http://${url}`).slice(7)
  }
}

function mayDeceive(label: string): boolean {
  if (!/[\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Armenian}]/u.test(label)) return false
  return /\p{Script=Latin}/u.test(label) || LOOK_LATIN.test(label)
}

/** Whether words, or the signs that were to give them form, would be lost: such a text is shown as it was typed. */
export function losesWords(tokens: Token[]): boolean {
  if (!tokens.some(({ type, content }) => (type === 'inline' || isCode(type)) && isVisible(content)))
    return true
  return tokens.some(
    (token, index) => isHollow(token, tokens[index + 1]) || isTooDeep(token) || isOddCode(token),
  )
}

const isCode = (type: string): boolean => type === 'fence' || type === 'code_block'

function isHollow({ type, content, info }: Token, next: Token | undefined): boolean {
  if (type === 'heading_open') return next?.content === ''
  if (type === 'blockquote_open') return next?.type === 'blockquote_close'
  if (type === 'list_item_open') return next?.type === 'list_item_close' || /^0\d/.test(info)
  return type === 'fence' && !isVisible(content)
}

const isTooDeep = ({ level }: Token): boolean => level >= MOST_NESTED - 1

/** What stands behind the three signs is shown nowhere: a language may stand there, a sentence may not. */
const isOddCode = ({ type, info }: Token): boolean => type === 'fence' && !/^\s*[\w+#.-]{0,24}\s*$/.test(info)
