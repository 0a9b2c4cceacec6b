import { Smile } from 'lucide-react'
import { Popover } from 'radix-ui'
import { lazy, Suspense, useState } from 'react'
import { useT } from '../lib/i18n'
import { IconButton } from '../ui/Button'
import { Spinner } from '../ui/Spinner'

const EmojiPicker = lazy(() => import('./EmojiPicker'))

export function EmojiButton({ onPick }: { onPick: (emoji: string) => void }) {
  const t = useT()
  const [isOpen, setOpen] = useState(false)
  return (
    <Popover.Root open={isOpen} onOpenChange={setOpen}>
      <Popover.Trigger asChild>
        <IconButton label={t('composer.emoji')}>
          <Smile size={20} />
        </IconButton>
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          className="menu grid h-[22rem] w-[min(22rem,calc(100vw-1rem))] overflow-hidden p-0!"
          side="top"
          align="end"
          sideOffset={10}
          collisionPadding={8}
        >
          <Suspense fallback={<Spinner />}>
            <EmojiPicker
              onPick={(emoji) => {
                onPick(emoji)
                setOpen(false)
              }}
            />
          </Suspense>
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  )
}
