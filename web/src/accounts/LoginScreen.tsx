import { type ReactNode, Suspense, useEffect } from 'react'
import { Link, useLocation } from 'wouter'
import { useServer } from '../host/store'
import { useT } from '../lib/i18n'
import { later, loadRest } from '../lib/later'
import { EntryScreen } from './EntryScreen'
import { GuestForm } from './GuestForm'
import { LoginForm } from './LoginForm'
import { useAccount } from './store'

const RegisterForm = later(() => import('./RegisterForm'))

/** Log in or register, whichever the address says. */
export function LoginScreen() {
  const t = useT()
  const [path] = useLocation()
  const isOpen = useServer((state) => state.info?.registration_open ?? true)
  const notice = useAccount((state) => state.notice)
  const takesGuests = useServer((state) => state.info?.guests_allowed ?? false)
  useEffect(loadRest, [])
  const isRegistering = path === '/register' && isOpen
  const isGuest = path === '/guest' && takesGuests
  return (
    <EntryScreen
      subtitle={t(isRegistering || isGuest ? 'account.registerSubtitle' : 'account.loginSubtitle')}
    >
      {notice !== null && !isRegistering && (
        <p role="status" className="mb-4 rounded-lg bg-tint px-3 py-2 text-sm">
          {t(notice === 'deleted' ? 'account.deleted' : isGuest ? 'account.expiredGuest' : 'account.expired')}
        </p>
      )}
      {isGuest && <GuestForm />}
      <Suspense>{isRegistering && <RegisterForm />}</Suspense>
      {!isGuest && !isRegistering && <LoginForm canRegister={isOpen} />}
      {isGuest && isOpen && (
        <OtherWay href={`/register${location.search}`}>{t('account.createAccount')}</OtherWay>
      )}
      {!isGuest && takesGuests && (
        <OtherWay href={`/guest${location.search}`}>{t('account.justName')}</OtherWay>
      )}
      {!isGuest && !isRegistering && <OtherWay href="/device">{t('account.byCode')}</OtherWay>}
    </EntryScreen>
  )
}

function OtherWay({ href, children }: { href: string; children: ReactNode }) {
  return (
    <p className="mt-3 text-center">
      <Link href={href} className="font-medium text-accent underline-offset-4 hover:underline">
        {children}
      </Link>
    </p>
  )
}
