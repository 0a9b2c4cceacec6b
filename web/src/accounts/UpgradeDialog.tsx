import type { FormEvent } from 'react'
import { useT } from '../lib/i18n'
import { useAction } from '../lib/useAction'
import { Alert } from '../ui/Alert'
import { Button } from '../ui/Button'
import { Dialog } from '../ui/Dialog'
import { say } from '../ui/Toast'
import { NewPasswordFields, useNewPassword } from './NewPasswordFields'
import { OwnName } from './OwnName'
import { upgrade, useAccount } from './store'

/** A guest chooses a password, and has an account; whoever has one without a password gets that. */
export default function UpgradeDialog({ onClose }: { onClose: () => void }) {
  const t = useT()
  const name = useAccount((state) => state.user?.username ?? '')
  const isGuest = useAccount((state) => state.user?.is_guest === true)
  const { run, isBusy, problem, fields } = useAction(['password', 'password2'])
  const { isMismatch, read } = useNewPassword()

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    const typed = read(event)
    if (typed === null) return
    void run(async () => {
      await upgrade(typed.password, typed.password2)
      say(t('upgrade.done', { name }))
      onClose()
    })
  }

  return (
    <Dialog
      title={t(isGuest ? 'upgrade.title' : 'upgrade.firstTitle')}
      description={t(isGuest ? 'upgrade.hint' : 'upgrade.firstHint', { name })}
      isOpen
      onClose={onClose}
    >
      <form onSubmit={submit} className="space-y-4">
        <OwnName />
        <NewPasswordFields label={t('account.password')} isMismatch={isMismatch} errors={fields} />
        {problem !== null && <Alert>{problem}</Alert>}
        <div className="flex justify-end">
          <Button type="submit" disabled={isBusy}>
            {t(isGuest ? 'account.createAccount' : 'upgrade.save')}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
