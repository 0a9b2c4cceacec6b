/** The screens, and which of them the session allows. */
import { lazy, Suspense, useCallback, useEffect, useState } from 'react'
import { Redirect, Route, Switch, useLocation } from 'wouter'
import { LoginScreen } from './accounts/LoginScreen'
import { accountSentences } from './accounts/sentences'
import { hasAccountHere, useAccount } from './accounts/store'
import { useServer } from './host/store'
import { inviteSentences } from './invites/sentences'
import { hasCoarsePointer } from './lib/capabilities'
import { useT } from './lib/i18n'
import { later, lazyWith } from './lib/later'
import { whenWaking } from './lib/wakeUp'
import { startSession } from './session'
import { NEWCOMER } from './shell/newcomer'
import { TabTitle } from './shell/TabTitle'
import { Button } from './ui/Button'
import { Spinner } from './ui/Spinner'
import { Toasts } from './ui/Toast'

/** Of a development server only: every part of the interface in every state. */
const DesignPage = import.meta.env.DEV ? lazy(() => import('./ui/stories/DesignPage')) : null

const Shell = later(() => import('./shell/Shell'))
const NoPage = lazy(() => import('./shell/NoPage'))
const JoinPage = lazyWith(inviteSentences, () => import('./invites/JoinPage'))
const DeviceSignInPage = lazyWith(accountSentences, () => import('./accounts/DeviceSignInPage'))
const SECURE = { 'zh-CN': () => import('./secure/zh-CN.json'), en: () => import('./secure/en.json') }
const SecurePage = lazyWith(SECURE, () => import('./secure/SecurePage'))
const CapabilitiesPage = lazyWith(SECURE, () => import('./secure/CapabilitiesPage'))

/** Where the chat is; it stays mounted from room to room. */
const CHAT = /^\/((rooms(\/-?\d+)?|r\/\d+\/m\/\d+)\/?)?$/

/** For everybody, logged in or not. */
const BESIDE = [
  <Route key="join" path="/join" component={JoinPage} />,
  <Route key="device" path="/device" component={DeviceSignInPage} />,
  <Route key="secure" path="/secure" component={SecurePage} />,
  <Route key="capabilities" path="/capabilities" component={CapabilitiesPage} />,
]

export function App() {
  const status = useAccount((state) => state.status)
  if (DesignPage !== null && location.pathname === '/design')
    return (
      <Suspense>
        <DesignPage />
      </Suspense>
    )
  return (
    <>
      <TabTitle />
      {status === 'starting' && <Starting />}
      {status === 'out' && <SignedOut />}
      {status === 'in' && <SignedIn />}
      <Toasts />
    </>
  )
}

function Starting() {
  const t = useT()
  const [isUnreachable, setUnreachable] = useState(false)
  const start = useCallback(() => {
    setUnreachable(false)
    startSession().catch(() => setUnreachable(true))
  }, [])
  useEffect(start, [start])
  useEffect(() => (isUnreachable ? whenWaking(start) : undefined), [isUnreachable, start])
  return (
    <main className="grid h-dvh place-content-center justify-items-center gap-4 bg-paper p-6 text-center">
      {isUnreachable ? (
        <>
          <p role="alert">{t('error.noConnection')}</p>
          {hasCoarsePointer() && <p className="max-w-sm text-soft">{t('connection.wifi')}</p>}
          <Button onClick={start}>{t('ui.retry')}</Button>
        </>
      ) : (
        <Spinner size={28} />
      )}
    </main>
  )
}

/** The address asked for is kept, and opened after the login. */
function SignedOut() {
  return (
    <Suspense fallback={<Loading />}>
      <Switch>
        <Route path="/login" component={LoginScreen} />
        <Route path="/register" component={LoginScreen} />
        <Route path="/guest" component={LoginScreen} />
        <Route path={CHAT} component={LoginRedirect} />
        {BESIDE}
        <Route component={NoPage} />
      </Switch>
    </Suspense>
  )
}

function LoginRedirect() {
  const [path] = useLocation()
  const takesGuests = useServer((state) => state.info?.guests_allowed ?? false)
  const door = takesGuests && !hasAccountHere() ? '/guest' : '/login'
  return <Redirect to={path === '/' ? door : `${door}?next=${encodeURIComponent(path)}`} replace />
}

/** Only a path of this site: `//elsewhere` would be another host. */
function nextPath(): string {
  const next = new URLSearchParams(location.search).get('next') ?? '/'
  return /^\/(?![/\\])/.test(next) ? next : '/'
}

function SignedIn() {
  const [path] = useLocation()
  if (path === '/login' || path === '/register' || path === '/guest')
    return <Redirect to={nextPath()} replace state={NEWCOMER} />
  return (
    <Suspense fallback={<Loading />}>
      <Switch>
        <Route path={CHAT}>
          <Shell />
        </Route>
        {BESIDE}
        <Route component={NoPage} />
      </Switch>
    </Suspense>
  )
}

function Loading() {
  return (
    <div className="grid h-dvh place-items-center">
      <Spinner size={28} />
    </div>
  )
}
