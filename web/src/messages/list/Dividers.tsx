import { dayName } from '../../lib/format'
import { useT } from '../../lib/i18n'

export function DayLine({ at }: { at: string }) {
  return (
    <div className="column flex items-center gap-3 px-2 pt-7 pb-3">
      <span className="h-px flex-1 bg-line" />
      <time dateTime={at.slice(0, 10)} className="font-voice text-sm text-soft italic lang-zh:not-italic">
        {dayName(at)}
      </time>
      <span className="h-px flex-1 bg-line" />
    </div>
  )
}

export function NewLine() {
  const t = useT()
  return (
    <div className="column flex items-center gap-3 px-2 pt-3" data-testid="new-line">
      <span className="h-px flex-1 bg-mention" />
      <span className="text-xs font-semibold text-mention">{t('message.new')}</span>
    </div>
  )
}
