import { Popover } from 'radix-ui'
import { type ReactElement, useRef, useState } from 'react'
import { useBackCloses } from '../../lib/backCloses'
import { useT } from '../../lib/i18n'
import EmojiPicker, { focusSearch } from './EmojiPicker'

interface Props {
  trigger: ReactElement
  /** Puts it into the message; the message has the focus afterwards. */
  onPick: (emoji: string) => void
}

/** Opens in its search field; a pick closes it, unless Shift is held for one more. */
export default function EmojiPopover({ trigger, onPick }: Props) {
  const t = useT()
  const [isOpen, setOpen] = useState(true)
  const box = useRef<HTMLDivElement>(null)
  const isPicking = useRef(false)
  useBackCloses(isOpen, () => setOpen(false))

  function pick(emoji: string, goesOn: boolean) {
    isPicking.current = true
    const before = document.activeElement
    onPick(emoji)
    if (goesOn && before instanceof HTMLElement) before.focus()
    isPicking.current = goesOn ? false : isPicking.current
    if (!goesOn) setOpen(false)
  }

  return (
    <Popover.Root
      open={isOpen}
      onOpenChange={(open) => {
        isPicking.current = false
        setOpen(open)
      }}
    >
      <Popover.Trigger asChild>{trigger}</Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          ref={box}
          aria-label={t('composer.emoji')}
          className="menu grid h-[22rem] w-[min(23rem,calc(100vw-1rem))] overflow-hidden p-0!"
          side="top"
          align="end"
          sideOffset={10}
          collisionPadding={8}
          // Radix looks for something to focus, and finds nothing: the picker keeps its own in a shadow tree.
          onOpenAutoFocus={(event) => {
            event.preventDefault()
            focusSearch(box.current)
          }}
          onFocusOutside={(event) => isPicking.current && event.preventDefault()}
          // After a pick the caret stands behind the emoji, and stays there.
          onCloseAutoFocus={(event) => isPicking.current && event.preventDefault()}
        >
          <EmojiPicker onPick={pick} />
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  )
}
