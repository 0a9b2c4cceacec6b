import { X } from 'lucide-react'
import { Dialog as Radix } from 'radix-ui'
import { type KeyboardEvent, type ReactNode, useEffect, useRef } from 'react'
import { useBackCloses } from '../lib/backCloses'
import { focusComposer } from '../lib/composerFocus'
import { useT } from '../lib/i18n'
import { IconButton } from './Button'

interface Props {
  title: string
  /** Shown under the title, and read out with it. */
  description?: string | undefined
  isOpen: boolean
  onClose: () => void
  children: ReactNode
  /** From the side, for a pane that has no room of its own on a phone; from the bottom, for a thumb; large for what has parts. */
  place?: keyof typeof PLACES
}

const PLACES = {
  centre:
    'left-1/2 top-[max(4dvh,1rem)] md:top-[14dvh] w-[min(28rem,calc(100vw-2rem))] max-h-[88dvh] md:max-h-[80dvh] -translate-x-1/2 rounded-2xl p-5',
  large:
    'inset-0 p-4 pt-[max(1rem,env(safe-area-inset-top))] md:inset-auto md:top-[8dvh] md:left-1/2 md:h-[84dvh] md:w-[42rem] md:-translate-x-1/2 md:rounded-2xl md:p-5',
  side: 'inset-y-0 end-0 w-[min(20rem,88vw)] p-4 pt-[max(1rem,env(safe-area-inset-top))]',
  bottom:
    'inset-x-0 bottom-0 mx-auto max-h-[88dvh] max-w-lg rounded-t-2xl p-3 ps-4 pb-[max(0.75rem,env(safe-area-inset-bottom))]',
}

const FIELDS = 'a[href], button, input, select, textarea, summary, [tabindex="0"]'

let openDialogs = 0
/** Where the focus was before the first of several dialogs that followed each other. */
let opener: Element | null = null

/**
 * Radix hides the page from screen readers only; what is hidden must not take the focus either. That takes the focus
 * from where it was, too: the function that this returns gives it back.
 */
function useInertPage(isOpen: boolean): () => void {
  const before = useRef<Element>(null)
  useEffect(() => {
    const page = document.getElementById('root')
    if (!isOpen || page === null) return
    if (page.contains(document.activeElement)) opener = document.activeElement
    before.current = opener
    openDialogs += 1
    page.inert = true
    return () => {
      openDialogs -= 1
      page.inert = openDialogs > 0
      // One that follows is open by then.
      setTimeout(() => {
        if (openDialogs === 0) opener = null
      })
    }
  }, [isOpen])
  return () => {
    // What closed the dialog may have led elsewhere, and put the focus there.
    if (document.activeElement !== document.body) return
    const { current } = before
    if (current instanceof HTMLElement && current !== document.body && current.isConnected) current.focus()
    else focusComposer()
  }
}

/** Backwards from where nothing stands before one leads to the last of all; Radix does so from its first field only. */
function goRound(event: KeyboardEvent<HTMLElement>, start: HTMLElement | null): void {
  const { key, shiftKey, target, currentTarget } = event
  if (key !== 'Tab' || !shiftKey || (target !== currentTarget && target !== start)) return
  event.preventDefault()
  for (const field of [...currentTarget.querySelectorAll<HTMLElement>(FIELDS)].reverse()) {
    field.focus()
    if (document.activeElement === field) return
  }
}

export function Dialog({ title, description, isOpen, onClose, children, place = 'centre' }: Props) {
  const t = useT()
  const heading = useRef<HTMLHeadingElement>(null)
  const giveFocusBack = useInertPage(isOpen)
  useBackCloses(isOpen, onClose)
  const described = description === undefined ? { 'aria-describedby': undefined } : {}
  return (
    <Radix.Root open={isOpen} onOpenChange={(open) => !open && onClose()}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-40 animate-fade bg-shade" />
        <Radix.Content
          {...described}
          onKeyDown={(event) => goRound(event, heading.current)}
          // Asked only where no field has taken the focus: it then begins at the title, and not at "close".
          onOpenAutoFocus={(event) => {
            event.preventDefault()
            heading.current?.focus()
          }}
          onCloseAutoFocus={(event) => {
            event.preventDefault()
            giveFocusBack()
          }}
          className={`fixed z-50 flex flex-col overflow-y-auto bg-raised shadow-float outline-none animate-fade ${PLACES[place]}`}
        >
          <div className="mb-4 flex items-start justify-between gap-4">
            <div>
              <Radix.Title ref={heading} tabIndex={-1} className="text-lg font-semibold outline-none">
                {title}
              </Radix.Title>
              {description !== undefined && (
                <Radix.Description className="mt-0.5 text-sm text-soft">{description}</Radix.Description>
              )}
            </div>
            <Radix.Close asChild>
              <IconButton label={t('ui.close')} className="-me-2 -mt-1.5">
                <X size={20} />
              </IconButton>
            </Radix.Close>
          </div>
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}
