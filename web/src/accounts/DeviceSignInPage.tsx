import { type FormEvent, useEffect, useState } from 'react'
import { Link, useLocation } from 'wouter'
import { asChatError } from '../lib/errors'
import { errorText } from '../lib/errorText'
import { useT } from '../lib/i18n'
import { useAction } from '../lib/useAction'
import { Alert } from '../ui/Alert'
import { Button } from '../ui/Button'
import { Field } from '../ui/Field'
import { Spinner } from '../ui/Spinner'
import { ownerOfCode, signInByCode } from './deviceCode'
import { EntryScreen } from './EntryScreen'
import { BY_LINK } from './firstPassword'
import { useAccount } from './store'

/** Where the code of another device is typed, or has come with the link. */
export default function DeviceSignInPage() {
  const t = useT()
  const [, navigate] = useLocation()
  const { run, isBusy, problem, fields } = useAction(['code'])
  const [linked, setLinked] = useState(codeInAddress)
  const [code, setCode] = useState(linked)
  const user = useAccount((state) => state.user)
  useEffect(() => {
    const take = () => {
      if (codeInAddress() === '') return
      setCode(codeInAddress())
      setLinked(codeInAddress())
      // It would sign in whoever reads it there.
      history.replaceState(null, '', location.pathname)
    }
    take()
    // The same page with another code is no new page.
    addEventListener('hashchange', take)
    return () => removeEventListener('hashchange', take)
  }, [])

  // Whoever typed a code has it from their own screen; a link may be anybody's.
  const isLinked = linked !== '' && code === linked

  function submit(event: FormEvent) {
    event.preventDefault()
    void run(async () => {
      await signInByCode(code)
      navigate('/', { replace: true, state: BY_LINK })
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
          autoFocus={linked === ''}
          hint={t('device.pageHint')}
          error={fields.code}
        />
        {isLinked && <Owner key={linked} code={linked} />}
        {user !== null && (
          <p className="rounded-lg bg-tint px-3 py-2 text-sm">
            {t(user.is_guest ? 'device.replacesGuest' : 'device.replaces', { name: user.username })}
          </p>
        )}
        {problem !== null && <Alert>{problem}</Alert>}
        <Button type="submit" className="w-full" disabled={isBusy}>
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

/** As whom the link signs in: it may be a stranger's, who would read all that is written then. */
function Owner({ code }: { code: string }) {
  const t = useT()
  const [name, setName] = useState<string | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  useEffect(() => {
    ownerOfCode(code).then(setName, (reason) => setProblem(errorText(asChatError(reason))))
  }, [code])
  if (problem !== null) return <Alert>{problem}</Alert>
  return (
    <p role="status" className="rounded-lg bg-tint px-3 py-2 text-sm" dir="auto">
      {name === null ? <Spinner /> : t('device.owner', { name })}
    </p>
  )
}

const codeInAddress = (): string => location.hash.slice(1)
