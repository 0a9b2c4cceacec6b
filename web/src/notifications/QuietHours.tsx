import { useState } from 'react'
import { type Preferences, prefer } from '../accounts/preferences'
import { useT } from '../lib/i18n'
import { Checkbox } from '../ui/Checkbox'
import { ownZone } from './quiet'
import { useQuiet } from './useQuiet'

const NIGHT = { from: '22:00', until: '07:00' }

interface Props {
  preferences: Preferences
  onChange: (work: Promise<void>) => void
}

/** Hours of each day in which nothing is shown or played. */
export function QuietHours({ preferences, onChange }: Props) {
  const t = useT()
  const { dnd_from, dnd_until, dnd_zone } = preferences
  const isOn = dnd_from !== null && dnd_until !== null
  const [hours, setHours] = useState({ from: dnd_from ?? NIGHT.from, until: dnd_until ?? NIGHT.until })
  const isActive = useQuiet() > 0
  const keep = ({ from, until }: typeof hours) =>
    onChange(prefer({ dnd_from: from, dnd_until: until, dnd_zone: ownZone() }))

  function edit(change: Partial<typeof hours>) {
    const next = { ...hours, ...change }
    setHours(next)
    if (isOn && next.from !== '' && next.until !== '' && next.from !== next.until) keep(next)
  }

  return (
    <div>
      <Checkbox
        label={t('notify.quiet')}
        hint={isActive ? t('notify.quietUntil', { when: dnd_until ?? '' }) : t('notify.quietHint')}
        checked={isOn}
        onChange={({ target }) =>
          target.checked ? keep(hours) : onChange(prefer({ dnd_from: null, dnd_until: null }))
        }
      />
      {isOn && (
        <div className="ms-6 mt-2 flex coarse:ms-7 flex-wrap items-center gap-2 text-sm">
          <Time label={t('notify.from')} value={hours.from} onChange={(from) => edit({ from })} />
          <Time label={t('notify.until')} value={hours.until} onChange={(until) => edit({ until })} />
          {dnd_zone !== null && dnd_zone !== ownZone() && <span className="text-soft">{dnd_zone}</span>}
        </div>
      )}
    </div>
  )
}

interface TimeProps {
  label: string
  value: string
  onChange: (value: string) => void
}

function Time({ label, value, onChange }: TimeProps) {
  return (
    <label className="flex items-center gap-2">
      <span className="min-w-10 md:min-w-0">{label}</span>
      <input
        type="time"
        required
        className="field w-36"
        value={value}
        onChange={({ target }) => onChange(target.value)}
      />
    </label>
  )
}
