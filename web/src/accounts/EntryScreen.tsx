import type { ReactNode } from 'react'
import { useServer } from '../host/store'
import { hasCoarsePointer } from '../lib/capabilities'
import { useT } from '../lib/i18n'
import { LanguageSwitch } from '../ui/LanguageSwitch'
import { PlainHttpNotice } from './PlainHttpNotice'

interface Props {
  /** What to do here, or what the visitor came for. */
  subtitle: ReactNode
  children: ReactNode
}

/** What somebody sees who isn't in yet: whose house this is, and a door. */
export function EntryScreen({ subtitle, children }: Props) {
  const t = useT()
  const name = useServer((state) => state.info?.name)
  return (
    <main className="grid h-dvh grid-rows-[1fr_auto] justify-items-center overflow-y-auto bg-paper px-5">
      <div className="my-auto w-full max-w-92 py-8">
        <header className="mb-7 text-center">
          <img src="/icon.svg" alt="" width={56} height={56} className="mx-auto mb-4" />
          <h1 className="font-voice text-2xl font-semibold wrap-anywhere">
            <bdi>{name ?? 'LanChat'}</bdi>
          </h1>
          <p className="mt-1 text-soft">{subtitle}</p>
        </header>
        {children}
      </div>
      <footer className="grid justify-items-center gap-1 pb-[max(1rem,env(safe-area-inset-bottom))]">
        {hasCoarsePointer() && (
          <p className="max-w-92 text-center text-xs text-soft">{t('connection.wifi')}</p>
        )}
        <PlainHttpNotice />
        <LanguageSwitch />
      </footer>
    </main>
  )
}
