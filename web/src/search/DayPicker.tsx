import { useEffect, useRef } from 'react'
import { useT } from '../lib/i18n'
import { Button } from '../ui/Button'
import { narrow, useSearch } from './store'
import { isDay } from './typed'

/** Between which days: as one chooses them, the hits follow. */
export function DayPicker({ onDone }: { onDone: () => void }) {
  const t = useT()
  const { after, before } = useSearch()
  return (
    <div className="space-y-3 px-2">
      <Day label={t('search.since')} value={after} onChange={(day) => narrow({ after: day })} />
      <Day label={t('search.until')} value={before} onChange={(day) => narrow({ before: day })} />
      <Button look="outline" onClick={onDone}>
        {t('search.showHits')}
      </Button>
    </div>
  )
}

interface Props {
  label: string
  value: string | null
  onChange: (day: string | null) => void
}

const dayIn = (typed: string): string | null => (isDay(typed) ? typed : null)

function Day({ label, value, onChange }: Props) {
  const field = useRef<HTMLInputElement>(null)
  // Changed elsewhere; what is half typed is no day, and stays.
  useEffect(() => {
    const { current } = field
    if (current !== null && dayIn(current.value) !== value) current.value = value ?? ''
  }, [value])
  return (
    <label className="block text-sm">
      <span className="mb-1 block font-medium">{label}</span>
      <input
        ref={field}
        type="date"
        className="field"
        defaultValue={value ?? ''}
        onChange={({ target }) => onChange(dayIn(target.value))}
      />
    </label>
  )
}
