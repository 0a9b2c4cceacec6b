import { Archive, ArchiveRestore, Trash2 } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { useLocation } from 'wouter'
import { afterClosing } from '../lib/backCloses'
import { useT } from '../lib/i18n'
import { useAction } from '../lib/useAction'
import { Alert } from '../ui/Alert'
import { Button } from '../ui/Button'
import { Confirm } from '../ui/Confirm'
import { changeRoom } from './order'
import { deleteRoom, type Room } from './store'

/** Closing the room for writing, opening it again, and deleting it: for whoever may. */
export function RoomEnd({ room, onGone }: { room: Room; onGone: () => void }) {
  const t = useT()
  const [, navigate] = useLocation()
  const { run, problem } = useAction()
  const [isAsked, setAsked] = useState(false)
  if (!room.can.archive && !room.can.delete) return null

  async function remove() {
    await deleteRoom(room.id)
    onGone()
    afterClosing(() => navigate('/'))
  }

  const { archived } = room
  return (
    <section className="mt-6 space-y-4 border-t border-line pt-5">
      {problem !== null && <Alert>{problem}</Alert>}
      {room.can.archive && (
        <Step hint={t(archived ? 'order.reopenHint' : 'order.archiveHint')}>
          <Button look="outline" onClick={() => void run(() => changeRoom(room.id, { archived: !archived }))}>
            {archived ? <ArchiveRestore size={16} aria-hidden /> : <Archive size={16} aria-hidden />}
            {t(archived ? 'order.reopen' : 'order.archive')}
          </Button>
        </Step>
      )}
      {room.can.delete && (
        <Step hint={t('order.deleteHint')}>
          <Button look="danger" onClick={() => setAsked(true)}>
            <Trash2 size={16} aria-hidden />
            {t('rooms.delete')}
          </Button>
        </Step>
      )}
      <Confirm
        title={t('rooms.deleteTitle', { name: room.name })}
        description={t('rooms.deleteHint')}
        action={t('rooms.delete')}
        isOpen={isAsked}
        onClose={() => setAsked(false)}
        onConfirm={remove}
      />
    </section>
  )
}

function Step({ hint, children }: { hint: string; children: ReactNode }) {
  return (
    <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
      <p className="min-w-0 flex-1 basis-56 text-sm text-soft">{hint}</p>
      {children}
    </div>
  )
}
