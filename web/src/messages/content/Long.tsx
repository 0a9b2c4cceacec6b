import { type ReactNode, useContext, useId, useLayoutEffect, useMemo, useRef } from 'react'
import { useT } from '../../lib/i18n'
import { useMedia } from '../../lib/useMedia'
import { InPlace } from '../list/place'
import { beginningOf, NARROW, WIDE } from './beginning'
import { keyOf, setUnfolded, useUnfolded } from './unfolded'

interface Props {
  text: string
  /** Of the message; what is unfolded stays so under it. */
  id: string | number
  /** Draws so much of it. */
  children: (text: string) => ReactNode
}

/** A long text by its first lines, with the way to the rest. What is hidden isn't there: nothing leads into it. */
export function Long({ text, id, children }: Props) {
  const t = useT()
  const key = keyOf(useContext(InPlace), id)
  const columns = useMedia('(max-width: 40rem)') ? NARROW : WIDE
  const beginning = useMemo(() => beginningOf(text, columns), [text, columns])
  const isOpen = useUnfolded(({ keys }) => keys.includes(key))
  const button = useRef<HTMLButtonElement>(null)
  const hold = useHeld(button, isOpen)
  const body = useId()
  if (beginning === null) return children(text)
  return (
    <>
      <div id={body}>{children(isOpen ? text : beginning)}</div>
      <button
        ref={button}
        type="button"
        aria-expanded={isOpen}
        aria-controls={body}
        onClick={() => {
          hold()
          setUnfolded(key, !isOpen)
        }}
        className="min-h-6 font-medium text-accent underline underline-offset-2 coarse:min-h-11"
      >
        {t(isOpen ? 'message.fold' : 'message.unfold')}
      </button>
    </>
  )
}

/** What was unfolded grows away from the reader; once it is folded, the button is where they clicked on it. */
function useHeld(button: { current: HTMLElement | null }, isOpen: boolean): () => void {
  const top = useRef<number | null>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: once it is drawn otherwise.
  useLayoutEffect(() => {
    const { current } = button
    const before = top.current
    top.current = null
    if (current === null || before === null || isOpen) return
    const moved = current.getBoundingClientRect().top - before
    current.closest('[role=log]')?.scrollBy({ top: moved, behavior: 'instant' })
  }, [isOpen])
  return () => {
    top.current = button.current?.getBoundingClientRect().top ?? null
  }
}
