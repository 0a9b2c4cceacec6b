import { useCallback, useEffect, useState } from 'react'
import { useT } from '../lib/i18n'
import { useAction } from '../lib/useAction'
import type { Room } from '../rooms/store'
import { useRooms } from '../rooms/store'
import { Alert } from '../ui/Alert'
import { Button } from '../ui/Button'
import { Dialog } from '../ui/Dialog'
import { Spinner } from '../ui/Spinner'
import { watchNewcomers } from './newcomers'
import { OthersLinks } from './OthersLinks'
import { RoomLink } from './RoomLink'
import { makeInvite } from './store'
import type { Invite } from './types'

/** My link into the open room. */
export default function RoomInviteDialog({ onClose }: { onClose: () => void }) {
  const room = useRooms((state) => (state.openId === null ? undefined : state.byId[state.openId]))
  return room === undefined ? null : <Opened room={room} onClose={onClose} />
}

function Opened({ room, onClose }: { room: Room; onClose: () => void }) {
  const t = useT()
  const { run, problem } = useAction()
  const [invite, setInvite] = useState<Invite | 'ended' | null>(null)
  const make = useCallback(() => makeInvite(room.id).then(setInvite), [room.id])
  // biome-ignore lint/correctness/useExhaustiveDependencies: `run` is another one at every render.
  useEffect(() => void run(make), [make])
  useEffect(() => watchNewcomers(room.id), [room.id])
  return (
    <Dialog
      title={t('invite.roomTitle', { room: room.name })}
      description={t(room.is_private ? 'invite.privateHint' : 'invite.roomHint')}
      isOpen
      onClose={onClose}
    >
      {problem !== null && <Alert>{problem}</Alert>}
      {invite === null && problem === null && <Spinner />}
      {invite === 'ended' && (
        <div className="space-y-4">
          <p role="status">{t('invite.ended')}</p>
          <Button onClick={() => void run(make)}>{t('invite.again')}</Button>
        </div>
      )}
      {invite !== null && invite !== 'ended' && (
        <RoomLink room={room} invite={invite} onEnd={() => setInvite('ended')} />
      )}
      <OthersLinks roomId={room.id} />
    </Dialog>
  )
}
