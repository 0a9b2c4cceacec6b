import { lazy, Suspense } from 'react'
import { isFewEmoji } from '../../lib/scripts'
import { Boundary } from '../../ui/Boundary'
import { isTooMuch } from './bounds'
import { Long } from './Long'
import { mayBeMarkdown } from './mayBeMarkdown'
import type { Calling } from './useCalled'

const MarkdownBody = lazy(() => import('./MarkdownBody'))

interface Props {
  text: string
  /** Of the message, or of the version of it. */
  id: string | number
  /** The message, for whom it calls. */
  calling?: Calling
}

export function Markdown({ text, id, calling }: Props) {
  if (isFewEmoji(text)) return <p className="text-2xl leading-tight">{text}</p>
  // More than is good for the page of whoever scrolls by.
  const isPlain = isTooMuch(text)
  return (
    <Long text={text} id={id}>
      {(shown) => (isPlain ? <Plain text={shown} /> : <Formed text={shown} calling={calling} />)}
    </Long>
  )
}

function Formed({ text, calling }: { text: string; calling: Calling | undefined }) {
  const plain = <Plain text={text} />
  const callsNobody = calling === undefined || (calling.mentions.length === 0 && !calling.mentions_all)
  if (callsNobody && !mayBeMarkdown(text)) return plain
  return (
    <Boundary fallback={plain}>
      <Suspense fallback={plain}>
        <MarkdownBody text={text} plain={plain} calling={calling} />
      </Suspense>
    </Boundary>
  )
}

function Plain({ text }: { text: string }) {
  return (
    <p dir="auto" className="w-fit max-w-full whitespace-pre-wrap [overflow-wrap:anywhere]">
      {text}
    </p>
  )
}
