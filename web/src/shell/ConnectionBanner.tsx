import { WifiOff } from 'lucide-react'
import { Suspense, useEffect, useState } from 'react'
import { useElsewhere } from '../host/fallbackAddresses'
import { hasCoarsePointer } from '../lib/capabilities'
import { useT } from '../lib/i18n'
import { later } from '../lib/later'
import { useConnection } from '../lib/socket'
import { useSending } from '../messages/state/sending'

const OtherAddresses = later(() => import('../host/OtherAddresses'))

const SHOW_AFTER = 2_000 // ms
const ADVISE_AFTER = 8_000 // ms; a host that was started anew is back by then

const OVER_MESSAGES = 'absolute inset-x-0 top-[calc(3.5rem+env(safe-area-inset-top))] z-30 md:start-76'

/**
 * Over the messages, which stay where they are; above the list of a phone, where it would lie on rooms. Short breaks
 * are nobody's business; longer ones are told, with what waits to be sent and what may help.
 */
export function ConnectionBanner({ isList }: { isList: boolean }) {
  const t = useT()
  const downSince = useConnection((state) => state.downSince)
  const farewell = useConnection((state) => state.farewell)
  const queued = useSending((state) => state.unsent.filter((entry) => entry.error === null).length)
  const isShown = useIsPast(downSince, SHOW_AFTER)
  const needsAdvice = useIsPast(downSince, ADVISE_AFTER) && farewell === null
  const isFound = useElsewhere((state) => state.answering.length > 0)
  const isOffline = useIsOffline()
  if (!isShown) return null
  const text = t(`connection.${isOffline ? 'offline' : (farewell ?? 'reconnecting')}`)
  return (
    <div
      role="status"
      data-testid="connection-banner"
      className={`${isList ? '' : OVER_MESSAGES} border-b border-line bg-hover px-4 py-1.5 text-center text-sm animate-fade`}
    >
      <p className="flex flex-wrap items-center justify-center gap-x-2">
        <WifiOff size={16} aria-hidden />
        {text}
        {queued > 0 && <span className="text-soft">{t('connection.queued', { count: queued })}</span>}
      </p>
      <Suspense>{needsAdvice && !isOffline && <OtherAddresses />}</Suspense>
      {needsAdvice && !isFound && hasCoarsePointer() && <p className="text-soft">{t('connection.wifi')}</p>}
    </div>
  )
}

function useIsPast(since: number | null, after: number): boolean {
  const [isPast, setPast] = useState(false)
  useEffect(() => {
    setPast(false)
    if (since === null) return
    const timer = setTimeout(() => setPast(true), Math.max(0, since + after - Date.now()))
    return () => clearTimeout(timer)
  }, [since, after])
  return isPast
}

function useIsOffline(): boolean {
  const [isOffline, setOffline] = useState(!navigator.onLine)
  useEffect(() => {
    const look = () => setOffline(!navigator.onLine)
    window.addEventListener('online', look)
    window.addEventListener('offline', look)
    return () => {
      window.removeEventListener('online', look)
      window.removeEventListener('offline', look)
    }
  }, [])
  return isOffline
}
