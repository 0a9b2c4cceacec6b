import { useEffect, useState } from 'react'
import { dayName } from '../../lib/format'
import { useT } from '../../lib/i18n'
import { askProgress, type IndexProgress as Progress } from '../../search/progress'

const ASK_EVERY = 3_000 // ms

/** After an update: how much of what was said before can be found already. Nothing once that is all. */
export function IndexProgress() {
  const t = useT()
  const [progress, setProgress] = useState<Progress | null>(null)
  const isDone = progress?.percent === 100
  useEffect(() => {
    if (isDone) return
    const ask = () => void askProgress().then(setProgress, () => {})
    ask()
    const asking = setInterval(ask, ASK_EVERY)
    return () => clearInterval(asking)
  }, [isDone])
  if (progress === null || isDone) return null
  const { percent, complete_from: since } = progress
  const words = t('settings.indexing', { percent })
  return (
    <div className="mb-2 rounded-lg bg-tint px-3 py-2 text-sm" role="status">
      <p>{words}</p>
      <progress className="my-1.5 h-1.5 w-full accent-accent" max={100} value={percent} aria-label={words} />
      {since !== null && <p className="text-soft">{t('settings.indexingHint', { day: dayName(since) })}</p>}
    </div>
  )
}
