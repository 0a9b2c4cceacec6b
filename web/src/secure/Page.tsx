import { ChevronLeft } from 'lucide-react'
import type { ReactNode } from 'react'
import { Link } from 'wouter'
import { useT } from '../lib/i18n'
import { LanguageSwitch } from '../ui/LanguageSwitch'

/** A page beside the chat, for whoever is logged in and whoever isn't. */
export function Page({ title, children }: { title: string; children: ReactNode }) {
  const t = useT()
  return (
    <main className="h-dvh overflow-y-auto bg-paper">
      <div className="mx-auto max-w-2xl px-5 pt-[max(1rem,env(safe-area-inset-top))] pb-[max(2.5rem,env(safe-area-inset-bottom))]">
        <header className="flex items-center justify-between">
          <Link
            href="/"
            className="-ms-2 inline-flex h-9 items-center gap-1 rounded-lg pe-3 text-soft hover:bg-hover hover:text-ink coarse:h-11"
          >
            <ChevronLeft size={20} aria-hidden />
            {t('secure.back')}
          </Link>
          <LanguageSwitch />
        </header>
        <h1 className="mt-6 mb-2 text-2xl font-semibold tracking-tight">{title}</h1>
        {children}
      </div>
    </main>
  )
}
