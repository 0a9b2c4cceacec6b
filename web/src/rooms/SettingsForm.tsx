import { type FormEvent, useState } from 'react'
import { useT } from '../lib/i18n'
import { useAction } from '../lib/useAction'
import { Alert } from '../ui/Alert'
import { Button } from '../ui/Button'
import { Checkbox } from '../ui/Checkbox'
import { AreaField, Field } from '../ui/Field'
import { Select } from '../ui/Select'
import { say } from '../ui/Toast'
import { changeRoom } from './order'
import { RoomEnd } from './RoomEnd'
import type { Room } from './store'
import { inWords } from './timeInWords'

const PAUSES = [0, 5, 10, 30, 60, 300, 900, 3600] // s

/** What a room is called, who comes in, and who may say how much. `onGone`: the room is no more. */
export function SettingsForm({ room, onGone }: { room: Room; onGone: () => void }) {
  const t = useT()
  const { run, isBusy, problem, fields } = useAction(['name', 'description', 'password'])
  const [isPrivate, setPrivate] = useState(room.is_private)

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    const text = (name: string) => String(form.get(name) ?? '').trim()
    const password = text('password')
    const body = {
      name: text('name'),
      description: text('description'),
      ...(room.kind === 'lobby' ? {} : { is_private: isPrivate }),
      ...(isPrivate && password !== '' ? { password } : {}),
      posting: text('posting') as Room['posting'],
      slow_mode: Number(text('slow_mode')),
      history: text('history') as Room['history'],
    }
    void run(async () => {
      await changeRoom(room.id, body)
      say(t('order.saved'))
    })
  }

  return (
    <>
      <form onSubmit={submit} className="space-y-4">
        <Field
          label={t('rooms.name')}
          name="name"
          defaultValue={room.name}
          error={fields.name}
          maxLength={100}
          autoComplete="off"
          readOnly={!room.can.rename}
          required
        />
        <AreaField
          label={t('rooms.description')}
          name="description"
          defaultValue={room.description ?? ''}
          error={fields.description}
          placeholder={t('account.optional')}
          maxLength={1000}
          rows={2}
          readOnly={!room.can.rename}
        />
        {room.kind !== 'lobby' && (
          <Checkbox
            label={t('rooms.makePrivate')}
            hint={t('rooms.makePrivateHint')}
            checked={isPrivate}
            onChange={(event) => setPrivate(event.target.checked)}
          />
        )}
        {isPrivate && (
          <Field
            label={t('rooms.password')}
            hint={room.is_private ? t('rooms.passwordKept') : undefined}
            error={fields.password}
            name="password"
            type="password"
            autoComplete="off"
            required={!room.is_private}
          />
        )}
        <Rules room={room} />
        {problem !== null && <Alert>{problem}</Alert>}
        <div className="flex justify-end">
          <Button type="submit" disabled={isBusy}>
            {t('ui.save')}
          </Button>
        </div>
      </form>
      <RoomEnd room={room} onGone={onGone} />
    </>
  )
}

function Rules({ room }: { room: Room }) {
  const t = useT()
  const pauses = [...new Set([...PAUSES, room.slow_mode])].sort((a, b) => a - b)
  return (
    <>
      <Select
        label={t('order.posting')}
        name="posting"
        defaultValue={room.posting}
        options={[
          { value: 'everyone', label: t('order.postingEveryone') },
          { value: 'managers', label: t('order.postingManagers') },
        ]}
      />
      <Select
        label={t('order.slowMode')}
        hint={t('order.slowModeHint')}
        name="slow_mode"
        defaultValue={String(room.slow_mode)}
        options={pauses.map((pause) => ({
          value: String(pause),
          label: pause === 0 ? t('order.off') : inWords(t, pause),
        }))}
      />
      <Select
        label={t('order.history')}
        name="history"
        defaultValue={room.history}
        options={[
          { value: 'everyone', label: t('order.historyEveryone') },
          { value: 'since_joining', label: t('order.historySince') },
        ]}
      />
    </>
  )
}
