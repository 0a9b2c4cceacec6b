import { Redirect } from 'wouter'
import { isApple } from '../lib/capabilities'
import { useT } from '../lib/i18n'
import { useMedia } from '../lib/useMedia'
import { isMine, useRooms } from '../rooms/store'

/** Beside the list: an invitation to choose; where there is nothing to choose between, the only room. */
export function NoRoom() {
  const t = useT()
  const isBesideList = useMedia('(min-width: 48rem)')
  const isLoaded = useRooms((state) => state.isLoaded)
  const only = useRooms((state) => {
    const mine = Object.values(state.byId).filter(isMine)
    return mine.length === 1 ? mine[0]?.id : undefined
  })
  if (!isLoaded || !isBesideList) return null
  if (only !== undefined) return <Redirect to={`/rooms/${only}`} replace />
  return (
    <div className="m-auto max-w-sm px-6 text-center">
      <img src="/icon.svg" alt="" width={52} height={52} className="mx-auto mb-4 opacity-80" />
      <p className="text-lg font-semibold">{t('shell.noRoom')}</p>
      <p className="mt-1 text-soft">{t('shell.noRoomHint', { keys: isApple() ? '⌘K' : 'Ctrl+K' })}</p>
    </div>
  )
}
