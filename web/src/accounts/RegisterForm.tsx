import { type FormEvent, useState } from 'react'
import { Link } from 'wouter'
import { useT } from '../lib/i18n'
import { useAction } from '../lib/useAction'
import { Alert } from '../ui/Alert'
import { Button } from '../ui/Button'
import { Field } from '../ui/Field'
import { register } from './store'

export function RegisterForm() {
  const t = useT()
  const { run, isBusy, problem, fields } = useAction(['username', 'email', 'password', 'password2'])
  const [isMismatch, setMismatch] = useState(false)

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    const text = (name: string) => String(form.get(name))
    const [password, password2] = [text('password'), text('password2')]
    setMismatch(password !== password2)
    if (password !== password2) return
    void run(() =>
      register({ username: text('username').trim(), email: text('email').trim(), password, password2 }),
    )
  }

  const mismatch = isMismatch ? t('account.passwordsDiffer') : undefined
  return (
    <form onSubmit={submit} className="space-y-4">
      <Field
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
      <Field
        label={t('account.password')}
        hint={t('account.passwordHint')}
        error={fields.password}
        name="password"
        type="password"
        autoComplete="new-password"
        minLength={6}
        required
      />
      <Field
        label={t('account.passwordAgain')}
        error={mismatch ?? fields.password2}
        name="password2"
        type="password"
        autoComplete="new-password"
        required
      />
      {problem !== null && <Alert>{problem}</Alert>}
      <Button type="submit" className="w-full" disabled={isBusy}>
        {t('account.createAccount')}
      </Button>
      <p className="text-center text-soft">
        {t('account.haveAccount')}{' '}
        <Link
          href={`/login${location.search}`}
          className="font-medium text-accent underline-offset-4 hover:underline"
        >
          {t('account.logIn')}
        </Link>
      </p>
    </form>
  )
}
