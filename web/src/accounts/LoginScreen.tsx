import { Link, useLocation } from 'wouter'
import { useT } from '../lib/i18n'
import { LanguageSwitch } from '../ui/LanguageSwitch'
import { GuestForm } from './GuestForm'
import { LoginForm } from './LoginForm'
import { RegisterForm } from './RegisterForm'
import { useServer } from './server'
import { useAccount } from './store'

/** Log in or register, whichever the address says. */
export function LoginScreen() {
  const t = useT()
  const [path] = useLocation()
  const isOpen = useServer((state) => state.info?.registration_open ?? true)
  const isExpired = useAccount((state) => state.notice === 'expired')
  const takesGuests = useServer((state) => state.info?.guests_allowed ?? false)
  const isRegistering = path === '/register' && isOpen
  const isGuest = path === '/guest' && takesGuests
  return (
    <main className="grid h-dvh grid-rows-[1fr_auto] justify-items-center overflow-y-auto bg-paper px-5">
      <div className="my-auto w-full max-w-[23rem] py-8">
        <Welcome
          subtitle={t(isRegistering || isGuest ? 'account.registerSubtitle' : 'account.loginSubtitle')}
        />
        {isExpired && !isRegistering && (
          <p role="status" className="mb-4 rounded-lg bg-tint px-3 py-2 text-sm">
            {t('account.expired')}
          </p>
        )}
        {isGuest && <GuestForm />}
        {isRegistering && <RegisterForm />}
        {!isGuest && !isRegistering && <LoginForm canRegister={isOpen} />}
        {!isGuest && takesGuests && <GuestLink />}
      </div>
      <footer className="pb-[max(1rem,env(safe-area-inset-bottom))]">
        <LanguageSwitch />
      </footer>
    </main>
  )
}

function GuestLink() {
  const t = useT()
  return (
    <p className="mt-3 text-center">
      <Link
        href={`/guest${location.search}`}
        className="font-medium text-accent underline-offset-4 hover:underline"
      >
        {t('account.justName')}
      </Link>
    </p>
  )
}

function Welcome({ subtitle }: { subtitle: string }) {
  const t = useT()
  const name = useServer((state) => state.info?.name)
  return (
    <header className="mb-7 text-center">
      <img src="/icon.svg" alt="" width={56} height={56} className="mx-auto mb-4" />
      <h1 className="text-2xl font-semibold tracking-tight">LanChat</h1>
      <p className="mt-1 text-soft">{subtitle}</p>
      {name !== undefined && <p className="mt-0.5 text-sm text-soft">{t('account.host', { name })}</p>}
    </header>
  )
}
