import { lazy, Suspense } from 'react'

const MarkdownBody = lazy(() => import('./MarkdownBody'))

/** Signs that Markdown or a link may be in a text; most messages have none and need no parser. */
const MAYBE_MARKDOWN =
  /[*_`~#>[\]|\\&]|^\s*([-+]|\d+[.)])\s|^\s*(-{3,}|={3,})|:\/\/|www\.|\w\.\w|@|^( {4}|\t)/m

export function Markdown({ text }: { text: string }) {
  const plain = (
    <p dir="auto" className="whitespace-pre-wrap [overflow-wrap:anywhere]">
      {text}
    </p>
  )
  if (!MAYBE_MARKDOWN.test(text)) return plain
  return (
    <Suspense fallback={plain}>
      <MarkdownBody text={text} />
    </Suspense>
  )
}
