import { type FormEvent, useState } from 'react'
import { Link } from 'wouter'
import { useT } from '../lib/i18n'
import { useAction } from '../lib/useAction'
import { Alert } from '../ui/Alert'
import { Button } from '../ui/Button'
import { Field } from '../ui/Field'
import { logIn } from './store'

export function LoginForm({ canRegister }: { canRegister: boolean }) {
  const t = useT()
  const { run, isBusy, problem, fields } = useAction(['username', 'password'])
  const [isRemembered, setRemembered] = useState(true)

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    void run(() => logIn(String(form.get('username')).trim(), String(form.get('password')), isRemembered))
  }

  return (
    <form onSubmit={submit} className="space-y-4">
      <Field
        label={t('account.username')}
        name="username"
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
        required
        autoFocus
        error={fields.username}
      />
      <Field
        label={t('account.password')}
        name="password"
        type="password"
        autoComplete="current-password"
        required
        error={fields.password}
      />
      <label className="flex min-h-6 items-center gap-2 coarse:min-h-11">
        <input
          type="checkbox"
          className="size-4 accent-accent"
          checked={isRemembered}
          onChange={(event) => setRemembered(event.target.checked)}
        />
        {t('account.remember')}
      </label>
      {problem !== null && <Alert>{problem}</Alert>}
      <Button type="submit" className="w-full" disabled={isBusy}>
        {t('account.logIn')}
      </Button>
      {canRegister && (
        <p className="text-center text-soft">
          {t('account.noAccount')}{' '}
          <Link
            href={`/register${location.search}`}
            className="font-medium text-accent underline-offset-4 hover:underline"
          >
            {t('account.register')}
          </Link>
        </p>
      )}
    </form>
  )
}
