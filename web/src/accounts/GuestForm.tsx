import type { FormEvent } from 'react'
import { useT } from '../lib/i18n'
import { useAction } from '../lib/useAction'
import { Alert } from '../ui/Alert'
import { Button } from '../ui/Button'
import { HaveAccount } from './HaveAccount'
import { NameField } from './NameField'
import { joinAsGuest } from './store'

/** A name, and in. */
export function GuestForm({ onGiven }: { onGiven?: () => void }) {
  const t = useT()
  const { run, isBusy, problem, code, fields } = useAction(['username'])

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    onGiven?.()
    void run(() => joinAsGuest(String(form.get('username')).trim()))
  }

  return (
    <form onSubmit={submit} className="space-y-4">
      <NameField
        taken={code === 'username_taken'}
        label={t('account.yourName')}
        name="username"
        autoComplete="nickname"
        spellCheck={false}
        required
        autoFocus
        hint={t('account.guestHint')}
        error={fields.username}
      />
      {problem !== null && code !== 'username_taken' && <Alert>{problem}</Alert>}
      <Button type="submit" className="w-full" disabled={isBusy}>
        {t('account.joinAsGuest')}
      </Button>
      <HaveAccount />
    </form>
  )
}
