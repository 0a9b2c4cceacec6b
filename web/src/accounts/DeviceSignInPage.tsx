import { type FormEvent, useEffect, useState } from 'react'
import { Link, useLocation } from 'wouter'
import { useT } from '../lib/i18n'
import { useAction } from '../lib/useAction'
import { Alert } from '../ui/Alert'
import { Button } from '../ui/Button'
import { Field } from '../ui/Field'
import { signInByCode } from './deviceCode'
import { EntryScreen } from './EntryScreen'
import { useAccount } from './store'

/** Where the code of another device is typed, or has come with the link. */
export default function DeviceSignInPage() {
  const t = useT()
  const [, navigate] = useLocation()
  const { run, isBusy, problem, fields } = useAction(['code'])
  const [code, setCode] = useState(codeInAddress)
  const user = useAccount((state) => state.user)
  useEffect(() => {
    const take = () => {
      if (codeInAddress() !== '') setCode(codeInAddress())
      // It would sign in whoever reads it there.
      history.replaceState(null, '', location.pathname)
    }
    take()
    // The same page with another code is no new page.
    addEventListener('hashchange', take)
    return () => removeEventListener('hashchange', take)
  }, [])

  function submit(event: FormEvent) {
    event.preventDefault()
    void run(async () => {
      await signInByCode(code)
      navigate('/', { replace: true })
    })
  }

  return (
    <EntryScreen subtitle={t('device.pageTitle')}>
      <form onSubmit={submit} className="space-y-4">
        <Field
          label={t('device.code')}
          name="code"
          value={code}
          onChange={(event) => setCode(event.target.value)}
          autoComplete="one-time-code"
          autoCapitalize="characters"
          spellCheck={false}
          maxLength={20}
          required
          autoFocus={code === ''}
          hint={t('device.pageHint')}
          error={fields.code}
        />
        {user !== null && (
          <p className="rounded-lg bg-tint px-3 py-2 text-sm">
            {t(user.is_guest ? 'device.replacesGuest' : 'device.replaces', { name: user.username })}
          </p>
        )}
        {problem !== null && <Alert>{problem}</Alert>}
        <Button type="submit" className="w-full" disabled={isBusy} autoFocus={code !== ''}>
          {t('device.signIn')}
        </Button>
      </form>
      {user !== null && (
        <p className="mt-3 text-center">
          <Link href="/" className="font-medium text-accent underline-offset-4 hover:underline">
            {t('device.back', { name: user.username })}
          </Link>
        </p>
      )}
    </EntryScreen>
  )
}

const codeInAddress = (): string => location.hash.slice(1)
