import type { FormEvent } from 'react'
import { useT } from '../lib/i18n'
import { shownName } from '../lib/people'
import type { Member } from '../lib/types'
import { hoursFromNow } from '../lib/until'
import { useAction } from '../lib/useAction'
import { ban } from '../rooms/order'
import type { Room } from '../rooms/store'
import { Alert } from '../ui/Alert'
import { Button } from '../ui/Button'
import { Dialog } from '../ui/Dialog'
import { Field } from '../ui/Field'
import { Select } from '../ui/Select'

const HOURS = { day: 24, week: 7 * 24 }

interface Props {
  room: Room
  member: Member
  onClose: () => void
}

/** For how long somebody is to be kept out, and why. */
export function BanDialog({ room, member, onClose }: Props) {
  const t = useT()
  const { run, isBusy, problem, fields } = useAction(['reason'])

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    const reason = String(form.get('reason')).trim()
    const time = String(form.get('time'))
    const until = time === 'day' || time === 'week' ? hoursFromNow(HOURS[time]) : null
    void run(() => ban(room.id, member.id, { reason: reason === '' ? null : reason, until }).then(onClose))
  }

  return (
    <Dialog
      title={t('order.banTitle', { name: shownName(member) })}
      description={t(room.kind === 'lobby' ? 'order.banHostHint' : 'order.banHint')}
      isOpen
      onClose={onClose}
    >
      <form onSubmit={submit} className="space-y-4">
        <Select
          label={t('order.howLong')}
          name="time"
          defaultValue="good"
          options={[
            { value: 'day', label: t('order.forDay') },
            { value: 'week', label: t('order.forWeek') },
            { value: 'good', label: t('order.forGood') },
          ]}
        />
        <Field
          label={t('order.reason')}
          hint={t('order.reasonHint')}
          error={fields.reason}
          placeholder={t('account.optional')}
          name="reason"
          maxLength={500}
          autoComplete="off"
        />
        {problem !== null && <Alert>{problem}</Alert>}
        <div className="flex justify-end gap-2">
          <Button look="quiet" onClick={onClose}>
            {t('ui.cancel')}
          </Button>
          <Button type="submit" look="danger" disabled={isBusy}>
            {t('order.ban')}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
