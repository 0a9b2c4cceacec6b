import { useLayoutEffect } from 'react'
import { Redirect, useLocation } from 'wouter'
import { hasCoarsePointer, isApple } from '../lib/capabilities'
import { useT } from '../lib/i18n'
import { useMedia } from '../lib/useMedia'
import { lastRoom } from '../rooms/lastRoom'
import { isMine, useRooms } from '../rooms/store'
import { EmptyPlace } from '../ui/EmptyPlace'
import { isNewcomer } from './newcomer'

/** Beside the list: the room that was open last, or the only one; else an invitation to choose. */
export function NoRoom() {
  const t = useT()
  const isBesideList = useMedia('(min-width: 48rem)')
  const isLoaded = useRooms((state) => state.isLoaded)
  const to = useRooms((state) => {
    const mine = Object.values(state.byId).filter(isMine)
    return mine.length === 1 ? mine[0]?.id : mine.find(({ id }) => id === lastRoom())?.id
  })
  useNewcomersRoom(isLoaded && !isBesideList)
  if (!isLoaded || !isBesideList) return null
  if (to !== undefined) return <Redirect to={`/rooms/${to}`} replace />
  const hint = hasCoarsePointer() ? 'shell.noRoomHintTouch' : 'shell.noRoomHint'
  return <EmptyPlace isPage title={t('shell.noRoom')} hint={t(hint, { keys: isApple() ? '⌘K' : 'Ctrl+K' })} />
}

/** On a phone a newcomer's only room opens over the list, which keeps its entry in the history for "back". */
function useNewcomersRoom(isAtList: boolean): void {
  const [, navigate] = useLocation()
  const only = useRooms((state) => {
    const mine = Object.values(state.byId).filter(isMine)
    return mine.length === 1 ? mine[0]?.id : undefined
  })
  useLayoutEffect(() => {
    if (isAtList && isNewcomer() && only !== undefined) navigate(`/rooms/${only}`)
  }, [isAtList, only, navigate])
}
