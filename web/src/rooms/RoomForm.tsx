import { type FormEvent, useState } from 'react'
import { useT } from '../lib/i18n'
import { useAction } from '../lib/useAction'
import { Alert } from '../ui/Alert'
import { Button } from '../ui/Button'
import { Checkbox } from '../ui/Checkbox'
import { AreaField, Field } from '../ui/Field'
import type { RoomFields } from './store'

interface Props {
  action: string
  /** To begin with. */
  name?: string | undefined
  onSubmit: (fields: RoomFields) => Promise<void>
}

export function RoomForm({ action, name, onSubmit }: Props) {
  const t = useT()
  const { run, isBusy, problem, fields } = useAction(['name', 'description', 'password'])
  const [isPrivate, setPrivate] = useState(false)

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    const text = (name: string) => String(form.get(name) ?? '')
    const name = text('name').trim()
    const description = text('description').trim()
    void run(() => onSubmit({ name, description, is_private: isPrivate, password: text('password') }))
  }

  return (
    <form onSubmit={submit} className="space-y-4">
      <Field
        label={t('rooms.name')}
        name="name"
        defaultValue={name}
        error={fields.name}
        maxLength={100}
        required
        autoFocus
      />
      <AreaField
        label={t('rooms.description')}
        name="description"
        error={fields.description}
        placeholder={t('account.optional')}
        maxLength={1000}
        rows={2}
      />
      <Checkbox
        label={t('rooms.makePrivate')}
        hint={t('rooms.makePrivateHint')}
        checked={isPrivate}
        onChange={(event) => setPrivate(event.target.checked)}
      />
      {isPrivate && (
        <Field
          label={t('rooms.password')}
          error={fields.password}
          name="password"
          type="password"
          autoComplete="off"
          required
        />
      )}
      {problem !== null && <Alert>{problem}</Alert>}
      <div className="flex justify-end">
        <Button type="submit" disabled={isBusy}>
          {action}
        </Button>
      </div>
    </form>
  )
}
