import { Moon } from 'lucide-react'
import { usePreferences } from '../accounts/preferences'
import { useT } from '../lib/i18n'
import { useQuiet } from './useQuiet'

/** Beside my name, while I am told of nothing. */
export default function QuietMark({ onClick }: { onClick: () => void }) {
  const t = useT()
  const { dnd_until } = usePreferences() ?? {}
  if (useQuiet() === 0) return null
  const label = t('notify.quietUntil', { when: dnd_until ?? '' })
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      onClick={onClick}
      className="grid size-tool shrink-0 place-items-center rounded-lg text-soft hover:bg-hover hover:text-ink coarse:size-touch"
    >
      <Moon size={16} aria-hidden />
    </button>
  )
}
