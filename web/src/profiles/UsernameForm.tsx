import type { FormEvent } from 'react'
import { useT } from '../lib/i18n'
import type { OwnUser } from '../lib/types'
import { useAction } from '../lib/useAction'
import { Alert } from '../ui/Alert'
import { Button } from '../ui/Button'
import { Field } from '../ui/Field'
import { say } from '../ui/Toast'
import { changeUsername } from './store'

/** The name that I log in by; seldom changed, so it is folded. */
export function UsernameForm({ user }: { user: OwnUser }) {
  const t = useT()
  const { run, isBusy, problem, fields } = useAction(['username', 'password'])

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    const name = String(form.get('username')).trim()
    void run(async () => {
      await changeUsername(name, String(form.get('password') ?? ''))
      say(t('profile.usernameSaved', { name }))
    })
  }

  return (
    <details className="border-t border-line pt-3">
      <summary className="cursor-pointer py-1 text-sm font-medium coarse:py-3.5">
        {t('profile.username')}
      </summary>
      <form onSubmit={submit} className="mt-2 space-y-3">
        <Field
          label={t('profile.newUsername')}
          hint={t('profile.usernameHint')}
          error={fields.username}
          name="username"
          defaultValue={user.username}
          maxLength={20}
          autoComplete="username"
          required
        />
        {!user.is_guest && (
          <Field
            label={t('profile.password')}
            error={fields.password}
            name="password"
            type="password"
            autoComplete="current-password"
            required
          />
        )}
        {problem !== null && <Alert>{problem}</Alert>}
        <div className="flex justify-end">
          <Button type="submit" look="outline" disabled={isBusy}>
            {t('profile.username')}
          </Button>
        </div>
      </form>
    </details>
  )
}
