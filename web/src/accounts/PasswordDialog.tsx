import type { FormEvent } from 'react'
import { useT } from '../lib/i18n'
import { useAction } from '../lib/useAction'
import { Alert } from '../ui/Alert'
import { Button } from '../ui/Button'
import { Dialog } from '../ui/Dialog'
import { Field } from '../ui/Field'
import { say } from '../ui/Toast'
import { NewPasswordFields, useNewPassword } from './NewPasswordFields'
import { OwnName } from './OwnName'
import { changePassword } from './sessions'

export default function PasswordDialog({ onClose }: { onClose: () => void }) {
  const t = useT()
  const { run, isBusy, problem, fields } = useAction(['current_password', 'password', 'password2'])
  const { isMismatch, read } = useNewPassword()

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    const current_password = String(new FormData(event.currentTarget).get('current_password'))
    const typed = read(event)
    if (typed === null) return
    void run(async () => {
      say(await changePassword({ current_password, ...typed }))
      onClose()
    })
  }

  return (
    <Dialog title={t('password.title')} description={t('password.hint')} isOpen onClose={onClose}>
      <form onSubmit={submit} className="space-y-4">
        <OwnName />
        <Field
          label={t('password.current')}
          error={fields.current_password}
          name="current_password"
          type="password"
          autoComplete="current-password"
          required
          autoFocus
        />
        <NewPasswordFields label={t('password.new')} isMismatch={isMismatch} errors={fields} />
        {problem !== null && <Alert>{problem}</Alert>}
        <div className="flex justify-end">
          <Button type="submit" disabled={isBusy}>
            {t('password.title')}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
