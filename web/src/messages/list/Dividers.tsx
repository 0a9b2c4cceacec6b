import { dayName } from '../../lib/format'
import { useT } from '../../lib/i18n'

export function DayLine({ at }: { at: string }) {
  return (
    <div className="flex items-center gap-3 px-5 pt-4 pb-1">
      <span className="h-px flex-1 bg-line" />
      <time dateTime={at.slice(0, 10)} className="text-xs font-medium text-soft">
        {dayName(at)}
      </time>
      <span className="h-px flex-1 bg-line" />
    </div>
  )
}

export function NewLine() {
  const t = useT()
  return (
    <div className="flex items-center gap-3 px-5 pt-3" data-testid="new-line">
      <span className="h-px flex-1 bg-accent" />
      <span className="text-xs font-semibold text-accent">{t('message.new')}</span>
    </div>
  )
}
