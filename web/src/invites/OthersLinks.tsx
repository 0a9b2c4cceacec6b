import { X } from 'lucide-react'
import { useEffect, useState } from 'react'
import { currentUser } from '../accounts/store'
import { useT } from '../lib/i18n'
import { useAction } from '../lib/useAction'
import { Alert } from '../ui/Alert'
import { IconButton } from '../ui/Button'
import { endInvite, loadOpenInvites } from './store'
import type { OpenInvite } from './types'

/** For those who manage the room: who else has a link open, and the end of it. */
export function OthersLinks({ roomId }: { roomId: number }) {
  const t = useT()
  const { run, problem } = useAction()
  const [links, setLinks] = useState<OpenInvite[]>([])
  useEffect(() => {
    // Nothing else in this dialog needs the list.
    loadOpenInvites(roomId).then(setLinks, () => undefined)
  }, [roomId])
  const others = links.filter((link) => link.inviter_id !== currentUser()?.id)
  if (others.length === 0) return null

  async function end(inviterId: number) {
    await endInvite(roomId, inviterId)
    setLinks((all) => all.filter((link) => link.inviter_id !== inviterId))
  }

  return (
    <section className="mt-5 border-t border-line pt-4">
      <h3 className="text-sm font-medium">{t('invite.others')}</h3>
      {problem !== null && <Alert>{problem}</Alert>}
      <ul>
        {others.map((link) => (
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
              <X size={17} />
            </IconButton>
          </li>
        ))}
      </ul>
    </section>
  )
}
