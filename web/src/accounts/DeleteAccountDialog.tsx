import { type FormEvent, useState } from 'react'
import { useT } from '../lib/i18n'
import { Button } from '../ui/Button'
import { Confirm } from '../ui/Confirm'
import { Dialog } from '../ui/Dialog'
import { Field } from '../ui/Field'
import { OwnName } from './OwnName'
import { currentUser, deleteAccount, type Words } from './store'

const CHOICES: Words[] = ['anonymous', 'recall']

/** What goes and what stays, the choice between the two, and a second question before anything happens. */
export default function DeleteAccountDialog({ onClose }: { onClose: () => void }) {
  const t = useT()
  const [isGuest] = useState(() => currentUser()?.is_guest ?? false)
  const [content, setContent] = useState<Words>('anonymous')
  const [password, setPassword] = useState<string | null>(null)

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    setPassword(String(new FormData(event.currentTarget).get('password') ?? ''))
  }

  return (
    <>
      <Dialog title={t('deletion.title')} description={t('deletion.hint')} isOpen onClose={onClose}>
        <form onSubmit={submit} className="space-y-4">
          <fieldset>
            <legend className="mb-1 text-sm font-medium">{t('deletion.words')}</legend>
            {CHOICES.map((choice) => (
              <label key={choice} className="flex min-h-11 items-start gap-3 rounded-lg py-2">
                <input
                  type="radio"
                  name="content"
                  value={choice}
                  checked={content === choice}
                  onChange={() => setContent(choice)}
                  className="mt-0.5 size-5 shrink-0 accent-accent"
                />
                <span>
                  {t(`deletion.${choice}`)}
                  <span className="block text-sm text-soft">{t(`deletion.${choice}Hint`)}</span>
                </span>
              </label>
            ))}
          </fieldset>
          {!isGuest && (
            <>
              <OwnName />
              <Field
                label={t('deletion.password')}
                name="password"
                type="password"
                autoComplete="current-password"
                required
              />
            </>
          )}
          <div className="flex justify-end">
            <Button type="submit" look="danger">
              {t('deletion.title')}
            </Button>
          </div>
        </form>
      </Dialog>
      <Confirm
        title={t('deletion.sure')}
        description={t(content === 'recall' ? 'deletion.sureRecall' : 'deletion.sureAnonymous')}
        action={t('deletion.forGood')}
        isOpen={password !== null}
        onClose={() => setPassword(null)}
        onConfirm={() => deleteAccount(password ?? '', content)}
      />
    </>
  )
}
