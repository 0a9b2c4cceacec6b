/** Renders a message's Markdown. The only place where HTML made from a user's words enters the page. */
import DOMPurify from 'dompurify'
import MarkdownIt from 'markdown-it'
import { useEffect, useState } from 'react'

type Highlight = (code: string, language: string) => string

let highlight: Highlight = () => ''
const MAX_CACHED = 400
const cache = new Map<string, string>()

const markdown = new MarkdownIt({
  html: false,
  linkify: true,
  breaks: true,
  highlight: (code, language) => highlight(code, language),
})
// A picture by address would be a request to somewhere else.
markdown.disable('image')
markdown.renderer.rules.link_open = (tokens, index, options, _env, self) => {
  tokens[index]?.attrSet('target', '_blank')
  tokens[index]?.attrSet('rel', 'noopener noreferrer')
  return self.renderToken(tokens, index, options)
}

function render(text: string): string {
  const known = cache.get(text)
  if (known !== undefined) return known
  const html = DOMPurify.sanitize(markdown.render(text), {
    ADD_ATTR: ['target'],
    FORBID_TAGS: ['style', 'form', 'input'],
  })
  if (cache.size >= MAX_CACHED) cache.clear()
  cache.set(text, html)
  return html
}

const NAMED_CODE = /^\s*(```|~~~)\s*\w/m
let isLoaded = false

/** Colours arrive with the first message that names its code's language. */
function useHighlighting(text: string): void {
  const [, redraw] = useState(0)
  useEffect(() => {
    if (isLoaded || !NAMED_CODE.test(text)) return
    void import('./highlight').then((module) => {
      if (!isLoaded) cache.clear()
      isLoaded = true
      highlight = module.highlight
      redraw((n) => n + 1)
    })
  }, [text])
}

export default function MarkdownBody({ text }: { text: string }) {
  useHighlighting(text)
  // biome-ignore lint/security/noDangerouslySetInnerHtml: sanitised above, and nowhere else in the client.
  return <div dir="auto" className="prose" dangerouslySetInnerHTML={{ __html: render(text) }} />
}
