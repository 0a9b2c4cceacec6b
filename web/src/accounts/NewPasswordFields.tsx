import { type FormEvent, useState } from 'react'
import { useT } from '../lib/i18n'
import { Field } from '../ui/Field'

export interface Typed {
  password: string
  password2: string
}

/** The password that a form was filled in with; null, and said so, where it was typed differently. */
export function useNewPassword() {
  const [isMismatch, setMismatch] = useState(false)

  function read(event: FormEvent<HTMLFormElement>): Typed | null {
    const form = new FormData(event.currentTarget)
    const [password, password2] = [String(form.get('password')), String(form.get('password2'))]
    setMismatch(password !== password2)
    return password === password2 ? { password, password2 } : null
  }

  return { isMismatch, read }
}

interface Props {
  label: string
  isMismatch: boolean
  errors: Record<string, string>
}

/** A new password, twice. */
export function NewPasswordFields({ label, isMismatch, errors }: Props) {
  const t = useT()
  return (
    <>
      <Field
        label={label}
        hint={t('account.passwordHint')}
        error={errors.password}
        name="password"
        type="password"
        autoComplete="new-password"
        minLength={6}
        required
      />
      <Field
        label={t('account.passwordAgain')}
        error={isMismatch ? t('account.passwordsDiffer') : errors.password2}
        name="password2"
        type="password"
        autoComplete="new-password"
        required
      />
    </>
  )
}
