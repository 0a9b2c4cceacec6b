import { useEffect } from 'react'
import { useServer } from '../host/store'
import { useIsCalled, useToldUnread } from '../rooms/levels'
import { useRooms } from '../rooms/store'
import { tabIcon, tabTitle } from './titleAndIcon'

/** Keeps the tab's title and icon at what is true now, before the login as well. */
export function TabTitle() {
  const host = useServer((state) => state.info)
  const room = useRooms((state) => (state.openId === null ? undefined : state.byId[state.openId]?.name))
  const unread = useToldUnread()
  const isCalled = useIsCalled()
  useEffect(() => {
    document.title = tabTitle(host, room, unread)
    if (host !== null)
      document.querySelector('link[rel=icon]')?.setAttribute('href', tabIcon(host, unread, isCalled))
  }, [host, room, unread, isCalled])
  return null
}
