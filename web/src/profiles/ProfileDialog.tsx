import type { FormEvent } from 'react'
import { useAccount } from '../accounts/store'
import { useT } from '../lib/i18n'
import type { OwnUser } from '../lib/types'
import { useAction } from '../lib/useAction'
import { Alert } from '../ui/Alert'
import { Button } from '../ui/Button'
import { Dialog } from '../ui/Dialog'
import { AreaField, Field } from '../ui/Field'
import { say } from '../ui/Toast'
import { PictureField } from './PictureField'
import { readStatus, StatusFields } from './StatusFields'
import { changeProfile } from './store'
import { UsernameForm } from './UsernameForm'

export function ProfileDialog({ onClose }: { onClose: () => void }) {
  const t = useT()
  const user = useAccount((state) => state.user)
  if (user === null) return null
  return (
    <Dialog title={t('profile.title')} description={t('profile.hint')} isOpen onClose={onClose}>
      <div className="space-y-5">
        <PictureField />
        <ProfileForm user={user} onClose={onClose} />
        <UsernameForm user={user} />
      </div>
    </Dialog>
  )
}

const FIELDS = ['display_name', 'real_name', 'bio', 'status', 'status.text', 'status.until']

function ProfileForm({ user, onClose }: { user: OwnUser; onClose: () => void }) {
  const t = useT()
  const { run, isBusy, problem, fields } = useAction(FIELDS)

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    const said = (name: string) => String(form.get(name)).trim() || null
    void run(async () => {
      await changeProfile({
        display_name: said('display_name'),
        real_name: said('real_name'),
        bio: said('bio'),
        status: readStatus(form),
      })
      say(t('profile.saved'))
      onClose()
    })
  }

  return (
    <form onSubmit={submit} className="space-y-4">
      <Field
        label={t('profile.displayName')}
        hint={t('profile.displayNameHint', { name: user.username })}
        error={fields.display_name}
        name="display_name"
        defaultValue={user.display_name ?? ''}
        maxLength={40}
        autoComplete="nickname"
      />
      <StatusFields
        status={user.status}
        error={fields.status ?? fields['status.text'] ?? fields['status.until']}
      />
      <Field
        label={t('profile.realName')}
        error={fields.real_name}
        name="real_name"
        defaultValue={user.real_name ?? ''}
        maxLength={60}
        autoComplete="name"
      />
      <AreaField
        label={t('profile.bio')}
        error={fields.bio}
        name="bio"
        defaultValue={user.bio ?? ''}
        maxLength={300}
        rows={3}
      />
      {problem !== null && <Alert>{problem}</Alert>}
      <div className="flex justify-end">
        <Button type="submit" disabled={isBusy}>
          {t('ui.save')}
        </Button>
      </div>
    </form>
  )
}
