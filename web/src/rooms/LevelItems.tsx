import { Bell, BellOff } from 'lucide-react'
import { asChatError } from '../lib/errors'
import { errorText } from '../lib/errorText'
import { dayAndTime } from '../lib/format'
import { useT } from '../lib/i18n'
import { hoursFromNow, isToCome, tomorrowMorning } from '../lib/until'
import { MenuChoice, MenuItem, MenuLine } from '../ui/Menu'
import { sayProblem } from '../ui/Toast'
import { type Level, setLevel } from './levels'
import type { Room } from './store'

const LEVELS: Level[] = ['all', 'mentions', 'none']

/** Of what I want to be told in the room. */
export function LevelItems({ room: { id, notifications } }: { room: Room }) {
  const t = useT()
  if (notifications === null) return null
  const { level, muted_until } = notifications

  function set(next: Level, until: string | null = null) {
    setLevel(id, next, until).catch((reason) => sayProblem(errorText(asChatError(reason))))
  }

  return (
    <>
      <MenuChoice
        label={t('level.title')}
        value={level}
        options={LEVELS.map((value) => ({ value, label: t(`level.${value}`) }))}
        onChange={set}
      />
      {isToCome(muted_until) ? (
        <MenuItem icon={<Bell size={16} />} onSelect={() => set(level)}>
          {t('level.unmute', { when: dayAndTime(muted_until) })}
        </MenuItem>
      ) : (
        level !== 'none' && (
          <>
            <MenuItem icon={<BellOff size={16} />} onSelect={() => set(level, hoursFromNow(1))}>
              {t('level.hour')}
            </MenuItem>
            <MenuItem icon={<BellOff size={16} />} onSelect={() => set(level, tomorrowMorning())}>
              {t('level.tomorrow')}
            </MenuItem>
          </>
        )
      )}
      <MenuLine />
    </>
  )
}
