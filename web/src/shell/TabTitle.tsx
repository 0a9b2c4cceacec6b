import { useEffect } from 'react'
import { useServer } from '../host/store'
import { useReading } from '../rooms/readState'
import { useRooms } from '../rooms/store'
import { tabIcon, tabTitle } from './titleAndIcon'

export const useUnread = (): number =>
  useReading((state) => Object.values(state.unread).reduce((sum, count) => sum + count, 0))

/** Keeps the tab's title and icon at what is true now, before the login as well. */
export function TabTitle() {
  const host = useServer((state) => state.info)
  const room = useRooms((state) => (state.openId === null ? undefined : state.byId[state.openId]?.name))
  const unread = useUnread()
  useEffect(() => {
    document.title = tabTitle(host, room, unread)
    if (host !== null) document.querySelector('link[rel=icon]')?.setAttribute('href', tabIcon(host, unread))
  }, [host, room, unread])
  return null
}
