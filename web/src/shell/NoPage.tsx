import { useEffect } from 'react'
import { Link } from 'wouter'
import { useT } from '../lib/i18n'

/** What an address that leads nowhere shows. */
export default function NoPage() {
  const t = useT()
  useEffect(() => {
    const before = document.title
    document.title = `${t('shell.noPage')} · LanChat`
    return () => {
      document.title = before
    }
  }, [t])
  return (
    <main className="grid h-dvh place-content-center justify-items-center gap-4 bg-paper px-6 text-center">
      <img src="/icon.svg" alt="" width={52} height={52} className="opacity-80" />
      <h1 className="text-lg font-semibold">{t('shell.noPage')}</h1>
      <p className="max-w-sm text-soft">{t('shell.noPageHint')}</p>
      <Link
        href="/"
        className="inline-flex h-10 items-center rounded-lg bg-accent px-4 font-medium text-on-accent hover:bg-accent-deep coarse:h-11"
      >
        {t('shell.home')}
      </Link>
    </main>
  )
}
