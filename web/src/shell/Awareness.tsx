import { useEffect } from 'react'
import { useLocation } from 'wouter'
import { desktop, whenDesktop } from '../lib/desktop'
import { useReading } from '../rooms/reading'
import { useRooms } from '../rooms/store'
import { whenNotificationOpens } from './notifications'

/** What is unread, in the tab's title and on its icon. */
export function Awareness() {
  const [, navigate] = useLocation()
  const rooms = useRooms((state) => state.byId)
  const openId = useRooms((state) => state.openId)
  const unread = useReading((state) => Object.values(state.unread).reduce((sum, count) => sum + count, 0))
  const place = openId === null ? undefined : rooms[openId]?.name
  useEffect(() => whenNotificationOpens((roomId) => navigate(`/rooms/${roomId}`)), [navigate])

  useEffect(() => {
    const count = unread > 0 ? `(${unread > 99 ? '99+' : unread}) ` : ''
    document.title = `${count}${place === undefined ? '' : `${place} · `}LanChat`
    document
      .querySelector('link[rel=icon]')
      ?.setAttribute('href', unread > 0 ? '/icon-unread.svg' : '/icon.svg')
  }, [unread, place])
  useEffect(() => whenDesktop(() => desktop()?.badge(unread)), [unread])
  useEffect(
    () => () => {
      document.title = 'LanChat'
      document.querySelector('link[rel=icon]')?.setAttribute('href', '/icon.svg')
    },
    [],
  )
  return null
}
