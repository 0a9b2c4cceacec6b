import { UserRoundPlus } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useT } from '../lib/i18n'
import { useAction } from '../lib/useAction'
import { Alert } from '../ui/Alert'
import { Button } from '../ui/Button'
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
  return (
    <>
      {problem !== null && <Alert>{problem}</Alert>}
      {links === null && problem === null && <Spinner />}
      {links?.length === 0 && <p className="py-8 text-center text-soft">{t('order.noLinks')}</p>}
      {links !== null && <OpenLinks roomId={roomId} links={links} onChange={setLinks} />}
      <Button look="outline" className="mt-3" onClick={onInvite}>
        <UserRoundPlus size={16} aria-hidden />
        {t('rooms.invite')}
      </Button>
    </>
  )
}
