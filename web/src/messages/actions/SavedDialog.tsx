import { BookmarkX } from 'lucide-react'
import { useEffect } from 'react'
import { useLocation } from 'wouter'
import { useT } from '../../lib/i18n'
import type { Message } from '../../lib/types'
import { useAction } from '../../lib/useAction'
import { roomTitle } from '../../rooms/roomTitle'
import { useRooms } from '../../rooms/store'
import { Alert } from '../../ui/Alert'
import { IconButton } from '../../ui/Button'
import { Dialog } from '../../ui/Dialog'
import { EmptyPlace } from '../../ui/EmptyPlace'
import { Spinner } from '../../ui/Spinner'
import { jumpTo } from './jump'
import { Kept } from './Kept'
import { loadSaved, useSaved } from './saved'
import { perform } from './verbs'

/** What I keep for myself, from all rooms, the newest first. */
export default function SavedDialog({ onClose }: { onClose: () => void }) {
  const t = useT()
  const saved = useSaved((state) => state.saved)
  const rooms = useRooms((state) => state.byId)
  const [, navigate] = useLocation()
  const { run, problem } = useAction()
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked once, when the dialog opens.
  useEffect(() => void run(loadSaved), [])

  function titleOf({ room_id }: Message): string | undefined {
    const room = rooms[room_id]
    return room && roomTitle(t, room)
  }

  function go(message: Message) {
    onClose()
    jumpTo(message)
    navigate(`/rooms/${message.room_id}`)
  }

  return (
    <Dialog title={t('action.saved')} isOpen onClose={onClose}>
      {problem !== null && <Alert>{problem}</Alert>}
      {saved === null && problem === null && <Spinner />}
      {saved?.length === 0 && <EmptyPlace title={t('action.nothingSaved')} hint={t('action.noSaved')} />}
      <ul className="-mx-2 space-y-0.5">
        {saved?.map(({ message, saved_at }) =>
          message === null || message.is_deleted ? (
            <li key={saved_at} className="px-2 py-1.5 text-sm text-soft">
              {t('action.lost')}
            </li>
          ) : (
            <Kept key={saved_at} message={message} room={titleOf(message)} onOpen={() => go(message)}>
              <IconButton label={t('action.unsave')} onClick={() => void perform('unsave', message)}>
                <BookmarkX size={20} />
              </IconButton>
            </Kept>
          ),
        )}
      </ul>
    </Dialog>
  )
}
