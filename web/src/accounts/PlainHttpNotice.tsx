import { LockOpen } from 'lucide-react'
import { Link } from 'wouter'
import { isSecure } from '../lib/capabilities'
import { useT } from '../lib/i18n'

/** Says calmly that plain HTTP can be overheard, and leads to what helps. At the host itself nothing can be. */
export function PlainHttpNotice() {
  const t = useT()
  if (isSecure()) return null
  return (
    <Link
      href="/secure"
      className="flex min-h-9 items-center gap-2 px-4 py-1.5 text-xs text-soft hover:bg-hover coarse:min-h-11"
    >
      <LockOpen size={16} className="shrink-0" aria-hidden />
      <span>
        {t('account.plain')}{' '}
        <span className="font-medium whitespace-nowrap text-accent">{t('account.secure')}</span>
      </span>
    </Link>
  )
}
