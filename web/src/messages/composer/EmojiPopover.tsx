import { Popover } from 'radix-ui'
import { type ReactElement, useState } from 'react'
import EmojiPicker from './EmojiPicker'

interface Props {
  trigger: ReactElement
  onPick: (emoji: string) => void
}

export default function EmojiPopover({ trigger, onPick }: Props) {
  const [isOpen, setOpen] = useState(true)
  return (
    <Popover.Root open={isOpen} onOpenChange={setOpen}>
      <Popover.Trigger asChild>{trigger}</Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          className="menu grid h-[22rem] w-[min(23rem,calc(100vw-1rem))] overflow-hidden p-0!"
          side="top"
          align="end"
          sideOffset={10}
          collisionPadding={8}
        >
          <EmojiPicker
            onPick={(emoji) => {
              onPick(emoji)
              setOpen(false)
            }}
          />
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  )
}
