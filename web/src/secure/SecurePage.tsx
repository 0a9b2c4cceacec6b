import { type ReactNode, useEffect, useState } from 'react'
import { Link } from 'wouter'
import { useServer } from '../host/store'
import { isSecure } from '../lib/capabilities'
import { asChatError } from '../lib/errors'
import { errorText } from '../lib/errorText'
import { useT } from '../lib/i18n'
import { Alert } from '../ui/Alert'
import { Fingerprints } from './Fingerprints'
import { OpenSecure } from './OpenSecure'
import { Page } from './Page'
import { Steps } from './Steps'
import { loadTrust, secureOrigin, useSecure } from './store'

/** How to come by HTTPS: for a guest the four steps there, at the host what guests compare. */
export default function SecurePage() {
  const t = useT()
  const host = useServer((state) => state.info?.name ?? '')
  const trust = useSecure((state) => state.trust)
  const [problem, setProblem] = useState<string | null>(null)
  const isOffered = secureOrigin() !== null
  const isEncrypted = location.protocol === 'https:'
  const isHost = isSecure() && !isEncrypted
  useEffect(() => {
    if (isOffered) loadTrust().catch((reason) => setProblem(errorText(asChatError(reason))))
  }, [isOffered])

  const state = !isOffered ? 'off' : isEncrypted ? 'encrypted' : isHost ? 'here' : 'plain'
  return (
    <Page title={t('secure.title')}>
      <p className="text-soft">{t(`secure.${state}`, { host })}</p>
      {problem !== null && <Alert>{problem}</Alert>}
      {trust !== null && isHost && (
        <div className="mt-6">
          <Fingerprints trust={trust} />
        </div>
      )}
      {trust !== null && !isHost && (
        <ol className="mt-6 space-y-8">
          <Step number={1} title={t('secure.downloadTitle')}>
            <p className="text-soft">{t('secure.downloadHint', { name: trust.name })}</p>
            <a
              href="/lanchat-ca.crt"
              download="lanchat-ca.crt"
              className="mt-3 inline-flex h-10 items-center rounded-lg bg-accent px-4 font-medium text-on-accent hover:bg-accent-deep coarse:h-11"
            >
              {t('secure.download')}
            </a>
          </Step>
          <Step number={2} title={t('secure.compareTitle')}>
            <p className="mb-3 text-soft">{t('secure.compareHint')}</p>
            <Fingerprints trust={trust} />
          </Step>
          <Step number={3} title={t('secure.trustTitle')}>
            <Steps />
          </Step>
          {!isEncrypted && (
            <Step number={4} title={t('secure.openTitle')}>
              <OpenSecure />
            </Step>
          )}
        </ol>
      )}
      <p className="mt-8 border-t border-line pt-4">
        <Link href="/capabilities" className="font-medium text-accent underline-offset-4 hover:underline">
          {t('secure.more')}
        </Link>
      </p>
    </Page>
  )
}

function Step({ number, title, children }: { number: number; title: string; children: ReactNode }) {
  return (
    <li className="flex gap-4">
      <span
        aria-hidden
        className="grid size-7 shrink-0 place-items-center rounded-full bg-tint text-sm font-semibold text-accent"
      >
        {number}
      </span>
      <section className="min-w-0 flex-1">
        <h2 className="mb-1 text-lg font-semibold">{title}</h2>
        {children}
      </section>
    </li>
  )
}
