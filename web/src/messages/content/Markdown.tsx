import { lazy, Suspense, useState } from 'react'
import { useT } from '../../lib/i18n'
import { isFewEmoji } from '../../lib/scripts'
import { Boundary } from '../../ui/Boundary'
import { isTooMuch } from './bounds'
import { mayBeMarkdown } from './mayBeMarkdown'
import type { Calling } from './useCalled'

const MarkdownBody = lazy(() => import('./MarkdownBody'))

interface Props {
  text: string
  /** The message, for whom it calls. */
  calling?: Calling
}

export function Markdown({ text, calling }: Props) {
  if (isFewEmoji(text)) return <p className="text-2xl leading-tight">{text}</p>
  if (isTooMuch(text)) return <Folded text={text} />
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

/** More than anybody reads at once, and more than is good for the page of whoever scrolls by. */
function Folded({ text }: { text: string }) {
  const t = useT()
  const [isOpen, setOpen] = useState(false)
  return (
    <>
      <div className={isOpen ? '' : 'max-h-60 overflow-hidden'}>
        <Plain text={isOpen ? text : text.slice(0, 2_000)} />
      </div>
      <button
        type="button"
        aria-expanded={isOpen}
        onClick={() => setOpen(!isOpen)}
        className="min-h-6 font-medium text-accent underline underline-offset-2 coarse:min-h-11"
      >
        {t(isOpen ? 'message.fold' : 'message.unfold')}
      </button>
    </>
  )
}
