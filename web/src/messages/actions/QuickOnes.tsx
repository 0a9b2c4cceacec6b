import { Plus } from 'lucide-react'
import { useT } from '../../lib/i18n'
import { quickOnes, useReactions } from './reactions'

interface Props {
  onPick: (emoji: string) => void
  /** For all the others; without it they are there already. */
  onMore?: () => void
}

/** The six that are used most of the time. */
export function QuickOnes({ onPick, onMore }: Props) {
  const t = useT()
  const recent = useReactions((state) => state.recent)
  return (
    <div className="flex justify-between gap-1 p-1.5">
      {quickOnes(recent).map((emoji) => (
        <button
          key={emoji}
          type="button"
          aria-label={t('action.reactWith', { emoji })}
          onClick={() => onPick(emoji)}
          className="grid size-button place-items-center rounded-lg text-xl hover:bg-hover coarse:size-touch coarse:text-2xl"
        >
          {emoji}
        </button>
      ))}
      {onMore !== undefined && (
        <button
          type="button"
          aria-label={t('action.moreEmoji')}
          onClick={onMore}
          className="grid size-button place-items-center rounded-lg text-soft hover:bg-hover coarse:size-touch"
        >
          <Plus size={20} />
        </button>
      )}
    </div>
  )
}
