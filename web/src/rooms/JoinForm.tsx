import type { FormEvent } from 'react'
import { useT } from '../lib/i18n'
import { useAction } from '../lib/useAction'
import { Alert } from '../ui/Alert'
import { Button } from '../ui/Button'
import { Field } from '../ui/Field'
import type { Room } from './store'
import { joinRoom } from './store'

/** Asks for the password of a private room. */
export function JoinForm({ room, onJoined }: { room: Room; onJoined: () => void }) {
  const t = useT()
  const { run, isBusy, problem, fields } = useAction(['password'])

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    const password = String(new FormData(event.currentTarget).get('password'))
    void run(() => joinRoom(room.id, password).then(onJoined))
  }

  return (
    <form onSubmit={submit} className="space-y-4 text-start">
      <Field
        label={t('rooms.password')}
        name="password"
        type="password"
        autoComplete="off"
        error={fields.password}
        required
        autoFocus
      />
      {problem !== null && <Alert>{problem}</Alert>}
      <div className="flex justify-end">
        <Button type="submit" disabled={isBusy}>
          {t('rooms.join')}
        </Button>
      </div>
    </form>
  )
}
