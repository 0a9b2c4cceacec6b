import { Presentation } from 'lucide-react'
import { useId, useState } from 'react'
import { currentUser } from '../accounts/store'
import { AddressChoices } from '../host/AddressChoices'
import { bestToScan } from '../host/addressText'
import { dayName } from '../lib/format'
import { useT } from '../lib/i18n'
import { useAction } from '../lib/useAction'
import type { Room } from '../rooms/store'
import { Alert } from '../ui/Alert'
import { Button } from '../ui/Button'
import { CopyButton } from '../ui/CopyButton'
import { QrCode } from '../ui/QrCode'
import { NewcomerCount } from './NewcomerCount'
import { Projector } from './Projector'
import { endInvite } from './store'
import type { Invite } from './types'

interface Props {
  room: Room
  invite: Invite
  onEnd: () => void
}

/** A link to hand on: as a code, as text, and as large as the screen. */
export function RoomLink({ room, invite, onEnd }: Props) {
  const t = useT()
  const { run, isBusy, problem } = useAction()
  const [chosen, setChosen] = useState(bestToScan(invite.addresses))
  const [isProjected, setProjected] = useState(false)
  // On a host for its own computer only, the page's own address still leads in.
  const url = chosen?.url ?? location.origin + invite.path

  async function end() {
    await endInvite(room.id, currentUser()?.id ?? 0)
    onEnd()
  }

  return (
    <>
      {chosen !== undefined && <QrCode address={chosen} className="size-52 rounded-xl p-1" />}
      <LinkField url={url} />
      {chosen !== undefined && (
        <AddressChoices addresses={invite.addresses} chosen={chosen} onChoose={setChosen} />
      )}
      <p className="mt-3 text-sm text-soft">{t('invite.holds', { day: dayName(invite.expires_at) })}</p>
      <Button
        look="quiet"
        disabled={isBusy}
        onClick={() => void run(end)}
        className="-ms-2 mt-1 h-8! self-start px-2! text-sm text-danger! coarse:h-11!"
      >
        {t('invite.end')}
      </Button>
      {problem !== null && <Alert>{problem}</Alert>}
      <footer className="mt-3 flex flex-wrap items-center justify-between gap-3 border-t border-line pt-4">
        <NewcomerCount className="flex-1 basis-36" />
        {chosen !== undefined && (
          <Button look="outline" onClick={() => setProjected(true)}>
            <Presentation size={16} aria-hidden />
            {t('invite.project')}
          </Button>
        )}
      </footer>
      {isProjected && chosen !== undefined && (
        <Projector heading={room.name} scanned={chosen} onClose={() => setProjected(false)} />
      )}
    </>
  )
}

function LinkField({ url }: { url: string }) {
  const t = useT()
  const id = useId()
  return (
    <div className="mt-4 flex items-end gap-2">
      <div className="min-w-0 flex-1">
        <label htmlFor={id} className="mb-1 block text-sm font-medium">
          {t('invite.link')}
        </label>
        <input
          id={id}
          readOnly
          value={url}
          className="field font-mono text-sm!"
          onFocus={(event) => event.target.select()}
        />
      </div>
      <CopyButton text={url} />
    </div>
  )
}
