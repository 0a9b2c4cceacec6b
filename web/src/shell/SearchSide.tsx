import { X } from 'lucide-react'
import { type KeyboardEvent, useEffect } from 'react'
import { useLocation } from 'wouter'
import { focusComposer } from '../lib/composerFocus'
import { useT } from '../lib/i18n'
import { useMedia } from '../lib/useMedia'
import { jumpTo } from '../messages/actions/jump'
import { useOpenThread } from '../messages/actions/openThread'
import { beginningOf, NARROW } from '../messages/content/beginning'
import { keyOf, setUnfolded } from '../messages/content/unfolded'
import { isPlace } from '../rooms/direct'
import { isMine, useRooms } from '../rooms/store'
import type { Hit } from '../search/marks'
import { SearchPane } from '../search/SearchPane'
import { lookIn, searchHere } from '../search/store'
import { IconButton } from '../ui/Button'
import { Dialog } from '../ui/Dialog'
import { closeSearch, usePanels } from './panels'

/** The search beside the room, where there is room for it; else over everything. */
export default function SearchSide({ asks }: { asks: number }) {
  const t = useT()
  const roomId = useRooms(({ byId, openId }) =>
    openId !== null && !isPlace(openId) && isMine(byId[openId]) ? openId : null,
  )
  const isBeside = useMedia('(min-width: 64rem)')
  const isCovered = useOpenThread(({ open }) => open !== null)
  const [, navigate] = useLocation()
  useEffect(() => lookIn(roomId), [roomId])
  useEffect(() => {
    if (usePanels.getState().beginsHere) searchHere()
  }, [])

  function open(hit: Hit) {
    const { message } = hit
    if (!isBeside) closeSearch()
    if (isBeyondBeginning(hit)) setUnfolded(keyOf('room', message.client_id ?? message.id), true)
    jumpTo(message)
    if (message.room_id !== roomId) navigate(`/rooms/${message.room_id}`)
  }

  function close() {
    closeSearch()
    focusComposer()
  }

  function onKeyDown(event: KeyboardEvent) {
    if (event.key !== 'Escape' || event.nativeEvent.isComposing) return
    event.preventDefault()
    close()
  }

  if (isBeside && isCovered) return null
  if (!isBeside) {
    return (
      <Dialog title={t('search.title')} isOpen onClose={closeSearch} place="large">
        <div className="-mx-4 -mt-3 flex min-h-0 flex-1 flex-col md:-mx-3">
          <SearchPane asks={asks} onOpen={open} />
        </div>
      </Dialog>
    )
  }
  return (
    <aside
      aria-label={t('search.title')}
      onKeyDown={onKeyDown}
      className="flex w-88 shrink-0 flex-col border-s border-line"
    >
      <SearchPane
        asks={asks}
        onOpen={open}
        close={
          <IconButton label={t('ui.close')} onClick={close}>
            <X size={20} />
          </IconButton>
        }
      />
    </aside>
  )
}

/** Whether what was found is in the part of a long text that isn't shown by itself. */
function isBeyondBeginning({ message, highlights }: Hit): boolean {
  const beginning = beginningOf(message.content, NARROW)
  return beginning !== null && (highlights[0]?.[0] ?? 0) > beginning.length
}
