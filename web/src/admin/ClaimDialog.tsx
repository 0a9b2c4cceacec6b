import type { FormEvent } from 'react'
import { useAccount } from '../accounts/store'
import { useT } from '../lib/i18n'
import { useAction } from '../lib/useAction'
import { Alert } from '../ui/Alert'
import { Button } from '../ui/Button'
import { Dialog } from '../ui/Dialog'
import { Field } from '../ui/Field'
import { say } from '../ui/Toast'
import { shownCode } from './code'
import { claimHost } from './store'

interface Props {
  onClose: () => void
  /** A guest needs an account first. */
  onUpgrade: () => void
}

/** Whoever sits at the host becomes its first administrator, by the code that it shows. */
export default function ClaimDialog({ onClose, onUpgrade }: Props) {
  const t = useT()
  const isGuest = useAccount((state) => state.user?.is_guest === true)
  return (
    <Dialog
      title={t('claim.title')}
      description={t(isGuest ? 'claim.accountFirst' : 'claim.hint')}
      isOpen
      onClose={onClose}
    >
      {isGuest ? (
        <div className="flex justify-end">
          <Button onClick={onUpgrade}>{t('account.createAccount')}</Button>
        </div>
      ) : (
        <ClaimForm whenDone={onClose} />
      )}
    </Dialog>
  )
}

function ClaimForm({ whenDone }: { whenDone: () => void }) {
  const t = useT()
  const { run, isBusy, problem, fields } = useAction(['code'])

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    const code = String(new FormData(event.currentTarget).get('code'))
    void run(async () => {
      await claimHost(code)
      say(t('claim.done'))
      whenDone()
    })
  }

  return (
    <form onSubmit={submit} className="space-y-4">
      <Field
        label={t('claim.code')}
        hint={t(shownCode() === '' ? 'claim.where' : 'claim.filledIn')}
        error={fields.code}
        name="code"
        defaultValue={shownCode()}
        autoComplete="off"
        autoCapitalize="characters"
        spellCheck={false}
        maxLength={64}
        required
        autoFocus
      />
      {problem !== null && <Alert>{problem}</Alert>}
      <div className="flex justify-end">
        <Button type="submit" disabled={isBusy}>
          {t('claim.title')}
        </Button>
      </div>
    </form>
  )
}
