import { useEffect } from 'react'
import { useLocation } from 'wouter'
import { desktop, whenDesktop } from '../lib/desktop'
import { whenNotificationOpens } from '../notifications/store'
import { useToldUnread } from '../rooms/levels'

/** What happens here is told outside of the page, and leads back into it. */
export function AppBadge() {
  const [, navigate] = useLocation()
  const unread = useToldUnread()
  useEffect(() => whenNotificationOpens((roomId) => navigate(`/rooms/${roomId}`)), [navigate])
  useEffect(() => whenDesktop(() => desktop()?.badge(unread)), [unread])
  return null
}
