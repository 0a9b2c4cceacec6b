import { X } from 'lucide-react'
import { useEffect, useState } from 'react'
import { currentUser } from '../accounts/store'
import { useT } from '../lib/i18n'
import { useAction } from '../lib/useAction'
import { Alert } from '../ui/Alert'
import { IconButton } from '../ui/Button'
import { endInvite, loadOpenInvites } from './store'
import type { OpenInvite } from './types'

/** For those who manage the room: who else has a link open. */
export function OthersLinks({ roomId }: { roomId: number }) {
  const t = useT()
  const [links, setLinks] = useState<OpenInvite[]>([])
  useEffect(() => {
    // Nothing else in this dialog needs the list.
    loadOpenInvites(roomId).then(setLinks, () => undefined)
  }, [roomId])
  const others = links.filter((link) => link.inviter_id !== currentUser()?.id)
  if (others.length === 0) return null
  return (
    <section className="mt-5 border-t border-line pt-4">
      <h3 className="text-sm font-medium">{t('invite.others')}</h3>
      <OpenLinks roomId={roomId} links={others} onChange={setLinks} />
    </section>
  )
}

interface Props {
  roomId: number
  links: OpenInvite[]
  onChange: (links: OpenInvite[]) => void
}

/** Whose they are, how many came by them, and the end of each. */
export function OpenLinks({ roomId, links, onChange }: Props) {
  const t = useT()
  const { run, problem } = useAction()

  async function end(inviterId: number) {
    await endInvite(roomId, inviterId)
    onChange(links.filter((link) => link.inviter_id !== inviterId))
  }

  return (
    <>
      {problem !== null && <Alert>{problem}</Alert>}
      <ul>
        {links.map((link) => (
          <li key={link.inviter_id} className="flex min-h-11 items-center gap-3">
            <span dir="auto" className="min-w-0 truncate">
              {link.inviter_name}
            </span>
            <span className="ms-auto shrink-0 text-sm text-soft">
              {t('invite.othersHint', { count: link.uses })}
            </span>
            <IconButton
              label={t('invite.endOf', { name: link.inviter_name })}
              onClick={() => void run(() => end(link.inviter_id))}
            >
              <X size={20} />
            </IconButton>
          </li>
        ))}
      </ul>
    </>
  )
}
