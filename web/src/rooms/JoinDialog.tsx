import type { FormEvent } from 'react'
import { useLocation } from 'wouter'
import { useT } from '../lib/i18n'
import { useAction } from '../lib/useAction'
import { Alert } from '../ui/Alert'
import { Button } from '../ui/Button'
import { Dialog } from '../ui/Dialog'
import { Field } from '../ui/Field'
import type { Room } from './store'
import { joinRoom } from './store'

/** Asks for the password of a private room. */
export default function JoinDialog({ room, onClose }: { room: Room; onClose: () => void }) {
  const t = useT()
  const [, navigate] = useLocation()
  const { run, isBusy, problem, fields } = useAction(['password'])

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    const password = String(new FormData(event.currentTarget).get('password'))
    void run(async () => {
      await joinRoom(room.id, password)
      onClose()
      navigate(`/rooms/${room.id}`)
    })
  }

  return (
    <Dialog
      title={t('rooms.joinTitle', { name: room.name })}
      description={t('rooms.joinHint')}
      isOpen
      onClose={onClose}
    >
      <form onSubmit={submit} className="space-y-4">
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
    </Dialog>
  )
}
