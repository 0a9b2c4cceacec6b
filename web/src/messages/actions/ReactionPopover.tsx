import { Popover } from 'radix-ui'
import { useRef } from 'react'
import { useBackCloses } from '../../lib/backCloses'
import { useT } from '../../lib/i18n'
import type { Message } from '../../lib/types'
import EmojiPicker, { focusSearch } from '../composer/EmojiPicker'
import { leave } from './active'
import { QuickOnes } from './QuickOnes'
import { toggleReaction } from './reactions'

interface Props {
  message: Message
  at: { x: number; y: number }
  onClose: () => void
}

/** The six, and all the others below them. */
export function ReactionPopover({ message, at, onClose }: Props) {
  const t = useT()
  const box = useRef<HTMLDivElement>(null)
  useBackCloses(true, onClose)

  function pick(emoji: string) {
    toggleReaction(message, emoji)
    onClose()
  }

  return (
    <Popover.Root open onOpenChange={(isOpen) => !isOpen && onClose()}>
      <Popover.Anchor className="fixed size-px" style={{ left: at.x, top: at.y }} />
      <Popover.Portal>
        <Popover.Content
          ref={box}
          aria-label={t('action.react')}
          className="menu flex h-[24rem] max-h-(--radix-popover-content-available-height) w-[min(23rem,calc(100vw-1rem))] flex-col overflow-hidden p-0!"
          align="end"
          sideOffset={4}
          collisionPadding={8}
          onOpenAutoFocus={(event) => {
            event.preventDefault()
            focusSearch(box.current)
          }}
          onCloseAutoFocus={(event) => {
            event.preventDefault()
            leave(message)
          }}
        >
          <QuickOnes onPick={pick} />
          <div className="grid min-h-0 flex-1 border-t border-line">
            <EmojiPicker onPick={pick} />
          </div>
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  )
}
