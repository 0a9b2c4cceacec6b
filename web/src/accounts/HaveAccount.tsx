import { Link } from 'wouter'
import { useT } from '../lib/i18n'

/** Below the forms of newcomers: the way of those who are none. */
export function HaveAccount() {
  const t = useT()
  return (
    <p className="text-center text-soft">
      {t('account.haveAccount')}{' '}
      <Link
        href={`/login${location.search}`}
        className="font-medium text-accent underline-offset-4 hover:underline"
      >
        {t('account.logIn')}
      </Link>
    </p>
  )
}
