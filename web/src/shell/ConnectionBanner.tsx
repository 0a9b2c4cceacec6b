import { WifiOff } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useT } from '../lib/i18n'
import { useConnection } from '../lib/socket'
import { useSending } from '../messages/sending'

const SHOW_AFTER = 2_000 // ms

/** Short breaks are nobody's business; longer ones are told, with what waits to be sent. */
export function ConnectionBanner() {
  const t = useT()
  const downSince = useConnection((state) => state.downSince)
  const queued = useSending((state) => state.unsent.filter((entry) => entry.error === null).length)
  const isLong = useIsLong(downSince)
  const isOffline = useIsOffline()
  if (!isLong) return null
  const text = t(isOffline ? 'connection.offline' : 'connection.reconnecting')
  return (
    <div
      role="status"
      data-testid="connection-banner"
      className="flex items-center justify-center gap-2 border-b border-line bg-hover px-4 py-1.5 text-sm animate-[fade_120ms]"
    >
      <WifiOff size={16} aria-hidden />
      {text}
      {queued > 0 && <span className="text-soft">{t('connection.queued', { count: queued })}</span>}
    </div>
  )
}

function useIsLong(downSince: number | null): boolean {
  const [isLong, setLong] = useState(false)
  useEffect(() => {
    setLong(false)
    if (downSince === null) return
    const timer = setTimeout(() => setLong(true), Math.max(0, downSince + SHOW_AFTER - Date.now()))
    return () => clearTimeout(timer)
  }, [downSince])
  return isLong
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
