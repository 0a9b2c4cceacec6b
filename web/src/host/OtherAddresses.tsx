import { useEffect } from 'react'
import { useLocation } from 'wouter'
import { useT } from '../lib/i18n'
import { lookElsewhere, useElsewhere } from './fallbackAddresses'

/** Where else the host may be found, when it no longer answers here: where it does, or else all that is known. */
export default function OtherAddresses() {
  const t = useT()
  const [path] = useLocation()
  const { known, answering } = useElsewhere()
  useEffect(lookElsewhere, [])
  if (known.length === 0) return null
  const isFound = answering.length > 0
  return (
    <p className="flex flex-wrap items-center justify-center gap-x-3">
      {t(isFound ? 'connection.moved' : 'connection.tryElsewhere')}
      {(isFound ? answering : known).map((origin) => (
        <a
          key={origin}
          href={origin + path}
          className="inline-flex items-center font-mono font-medium text-accent underline underline-offset-4 coarse:min-h-11"
        >
          {origin.replace('http://', '')}
        </a>
      ))}
      <span className="text-soft">{t('connection.loginAgain')}</span>
    </p>
  )
}
