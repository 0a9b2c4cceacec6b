import type { FormEvent } from 'react'
import { useT } from '../lib/i18n'
import { useAction } from '../lib/useAction'
import { Alert } from '../ui/Alert'
import { Button } from '../ui/Button'
import { Field } from '../ui/Field'
import { HaveAccount } from './HaveAccount'
import { NameField } from './NameField'
import { NewPasswordFields, useNewPassword } from './NewPasswordFields'
import { register } from './store'

export default function RegisterForm() {
  const t = useT()
  const { run, isBusy, problem, code, fields } = useAction(['username', 'email', 'password', 'password2'])
  const { isMismatch, read } = useNewPassword()

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    const text = (name: string) => String(form.get(name))
    const typed = read(event)
    if (typed === null) return
    void run(() => register({ username: text('username').trim(), email: text('email').trim(), ...typed }))
  }

  return (
    <form onSubmit={submit} className="space-y-4">
      <NameField
        taken={code === 'username_taken'}
        label={t('account.username')}
        hint={t('account.usernameHint')}
        error={fields.username}
        name="username"
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
        minLength={2}
        maxLength={20}
        required
        autoFocus
      />
      <Field
        label={t('account.email')}
        error={fields.email}
        name="email"
        type="email"
        autoComplete="email"
        placeholder={t('account.optional')}
      />
      <NewPasswordFields label={t('account.password')} isMismatch={isMismatch} errors={fields} />
      {problem !== null && code !== 'username_taken' && <Alert>{problem}</Alert>}
      <Button type="submit" className="w-full" disabled={isBusy}>
        {t('account.createAccount')}
      </Button>
      <HaveAccount />
    </form>
  )
}
