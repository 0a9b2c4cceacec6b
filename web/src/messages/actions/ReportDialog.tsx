import type { FormEvent } from 'react'
import { useT } from '../../lib/i18n'
import { spokenName } from '../../lib/spokenName'
import type { Message } from '../../lib/types'
import { useAction } from '../../lib/useAction'
import { useRooms } from '../../rooms/store'
import { Alert } from '../../ui/Alert'
import { Button } from '../../ui/Button'
import { Checkbox } from '../../ui/Checkbox'
import { Dialog } from '../../ui/Dialog'
import { Field } from '../../ui/Field'
import { Select } from '../../ui/Select'
import { say } from '../../ui/Toast'
import { REASONS, report } from './report'

/** Why a message should be looked at, and who will be shown what. */
export function ReportDialog({ message, onClose }: { message: Message; onClose: () => void }) {
  const t = useT()
  const { run, isBusy, problem, fields } = useAction(['words'])
  const isDirect = useRooms((state) => String(state.byId[message.room_id]?.kind) === 'direct')

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    const words = String(form.get('words')).trim()
    const reason = REASONS.find((each) => each === form.get('reason')) ?? 'other'
    void run(async () => {
      const with_context = form.get('context') !== null
      await report(message, { reason, words: words === '' ? null : words, with_context })
      onClose()
      say(t('action.reported'))
    })
  }

  return (
    <Dialog
      title={t('action.reportTitle', { name: spokenName(message) })}
      description={t(isDirect ? 'action.reportDirectHint' : 'action.reportHint')}
      isOpen
      onClose={onClose}
    >
      <form onSubmit={submit} className="space-y-4">
        <Select
          label={t('action.reportWhy')}
          name="reason"
          options={REASONS.map((value) => ({ value, label: t(`action.why.${value}`) }))}
        />
        <Field
          label={t('action.reportWords')}
          error={fields.words}
          placeholder={t('account.optional')}
          name="words"
          maxLength={1000}
          autoComplete="off"
        />
        <Checkbox
          label={t('action.reportContext')}
          hint={t('action.reportContextHint')}
          name="context"
          defaultChecked
        />
        {problem !== null && <Alert>{problem}</Alert>}
        <div className="flex justify-end gap-2">
          <Button look="quiet" onClick={onClose}>
            {t('ui.cancel')}
          </Button>
          <Button type="submit" disabled={isBusy}>
            {t('action.reportSend')}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
