import { UserRoundPlus } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useT } from '../lib/i18n'
import { useAction } from '../lib/useAction'
import { Alert } from '../ui/Alert'
import { Button } from '../ui/Button'
import { EmptyPlace } from '../ui/EmptyPlace'
import { Spinner } from '../ui/Spinner'
import { OpenLinks } from './OthersLinks'
import { loadOpenInvites } from './store'
import type { OpenInvite } from './types'

/** Whose links into the room are open, and the way to make one. */
export function RoomLinks({ roomId, onInvite }: { roomId: number; onInvite: () => void }) {
  const t = useT()
  const { run, problem } = useAction()
  const [links, setLinks] = useState<OpenInvite[] | null>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: `run` is another one at every render.
  useEffect(() => void run(() => loadOpenInvites(roomId).then(setLinks)), [roomId])
  const invite = (
    <Button look="outline" onClick={onInvite}>
      <UserRoundPlus size={16} aria-hidden />
      {t('rooms.invite')}
    </Button>
  )
  return (
    <>
      {problem !== null && <Alert>{problem}</Alert>}
      {links === null && problem === null && <Spinner />}
      {links?.length === 0 ? (
        <EmptyPlace title={t('order.noLinks')}>{invite}</EmptyPlace>
      ) : (
        <>
          {links !== null && <OpenLinks roomId={roomId} links={links} onChange={setLinks} />}
          <div className="mt-3">{invite}</div>
        </>
      )}
    </>
  )
}
