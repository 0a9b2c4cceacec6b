import { dayAndTime } from '../lib/format'
import { useT } from '../lib/i18n'
import type { Status } from '../lib/people'
import { Field } from '../ui/Field'
import { Select } from '../ui/Select'
import type { ProfileChange } from './store'

const EMOJI = ['💬', '🎧', '📅', '🍽️', '🚌', '🏠', '🏖️', '🤒']
const HOURS = [1, 4]

/** What I am doing, and until when. */
export function StatusFields({ status, error }: { status: Status; error: string | undefined }) {
  const t = useT()
  const own = status?.emoji ?? ''
  const signs = own === '' || EMOJI.includes(own) ? EMOJI : [own, ...EMOJI]
  const until = status?.until ?? null
  const ends = [
    ...(until === null ? [] : [{ value: until, label: t('profile.untilAsIs', { when: dayAndTime(until) }) }]),
    { value: '', label: t('profile.untilNever') },
    ...HOURS.map((count) => ({ value: `${count}`, label: t('profile.untilHours', { count }) })),
    { value: 'tonight', label: t('profile.untilTonight') },
  ]
  return (
    <fieldset className="space-y-2">
      <legend className="mb-1 text-sm font-medium">{t('profile.status')}</legend>
      <div role="radiogroup" aria-label={t('profile.statusEmoji')} className="flex flex-wrap gap-1">
        {['', ...signs].map((emoji) => (
          <label
            key={emoji}
            className="grid size-9 cursor-pointer place-items-center rounded-lg border border-line text-lg has-checked:border-accent has-checked:bg-tint has-focus-visible:outline-2 coarse:size-11"
          >
            <input
              type="radio"
              name="emoji"
              value={emoji}
              defaultChecked={emoji === own}
              aria-label={emoji === '' ? t('profile.statusNone') : emoji}
              className="sr-only"
            />
            <span aria-hidden>{emoji === '' ? '–' : emoji}</span>
          </label>
        ))}
      </div>
      <Field
        label={t('profile.statusText')}
        error={error}
        name="status"
        defaultValue={status?.text ?? ''}
        maxLength={80}
      />
      <Select name="until" label={t('profile.until')} defaultValue={until ?? ''} options={ends} />
    </fieldset>
  )
}

/** What the fields say. */
export function readStatus(form: FormData): NonNullable<ProfileChange['status']> | null {
  const emoji = String(form.get('emoji') ?? '') || null
  const text = String(form.get('status') ?? '').trim()
  if (emoji === null && text === '') return null
  return { emoji, text, until: endOf(String(form.get('until') ?? '')) }
}

function endOf(choice: string): string | null {
  if (choice === '') return null
  if (choice === 'tonight') return new Date(new Date().setHours(24, 0, 0, 0)).toISOString()
  const hours = Number(choice)
  return Number.isNaN(hours) ? choice : new Date(Date.now() + hours * 3_600_000).toISOString()
}
