import { Smile } from 'lucide-react'
import { lazy } from 'react'
import { useT } from '../../lib/i18n'
import { Deferred } from '../../ui/Deferred'

const EmojiPopover = lazy(() => import('./EmojiPopover'))

export function EmojiButton({ onPick }: { onPick: (emoji: string) => void }) {
  const t = useT()
  return (
    <Deferred
      label={t('composer.emoji')}
      icon={<Smile size={20} />}
      content={(trigger) => <EmojiPopover trigger={trigger} onPick={onPick} />}
    />
  )
}
