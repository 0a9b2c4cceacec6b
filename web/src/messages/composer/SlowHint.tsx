import { Timer } from 'lucide-react'
import { lasting } from '../../lib/format'
import { useT } from '../../lib/i18n'

interface Props {
  pause: number // s between two messages
  left: number // s
}

/** Below the message box of a slow room. What counts down is no news to a screen reader. */
export default function SlowHint({ pause, left }: Props) {
  const t = useT()
  return (
    <p className="flex items-center gap-1.5 px-3 pb-2 text-xs text-soft tabular-nums">
      <Timer size={16} className="shrink-0" aria-hidden />
      {left > 0
        ? t('composer.slowWait', { time: lasting(left) })
        : t('composer.slow', { time: lasting(pause) })}
    </p>
  )
}
