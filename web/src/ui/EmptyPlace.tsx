import type { ReactNode } from 'react'
import { Lantern } from './Lantern'

interface Props {
  title: string
  hint?: ReactNode
  /** The title is the page's. */
  isPage?: boolean
  /** The one thing to do here. */
  children?: ReactNode
}

/** Where nothing is yet: a line, a sentence, a button. */
export function EmptyPlace({ title, hint, isPage = false, children }: Props) {
  const Title = isPage ? 'h1' : 'p'
  return (
    <div className="m-auto grid max-w-sm justify-items-center gap-3 px-6 py-6 text-center">
      <Lantern size={48} className="text-soft" />
      <Title className="font-voice text-lg font-semibold">{title}</Title>
      {hint !== undefined && <p className="text-soft">{hint}</p>}
      {children}
    </div>
  )
}
