import { useEffect, useState } from 'react'
import { currentUser } from '../../accounts/store'
import { useT } from '../../lib/i18n'
import { shownName } from '../../lib/people'
import type { Message, User } from '../../lib/types'
import { useAction } from '../../lib/useAction'
import { Alert } from '../../ui/Alert'
import { Avatar } from '../../ui/Avatar'
import { Dialog } from '../../ui/Dialog'
import { EmptyPlace } from '../../ui/EmptyPlace'
import { GuestMark } from '../../ui/GuestMark'
import { Spinner } from '../../ui/Spinner'
import { loadReaders } from './readers'

/** Who has read a message, by name. */
export function ReadersDialog({ message, onClose }: { message: Message; onClose: () => void }) {
  const t = useT()
  const { run, problem } = useAction()
  const [found, setFound] = useState<{ readers: User[]; more: number } | null>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked once, when the dialog opens.
  useEffect(() => void run(() => loadReaders(message).then(setFound)), [])
  const isHiding = currentUser()?.preferences.show_read_receipts === false
  return (
    <Dialog title={t('action.seenBy')} isOpen onClose={onClose}>
      {problem !== null && <Alert>{problem}</Alert>}
      {found === null && problem === null && <Spinner />}
      {found?.readers.length === 0 && (
        <EmptyPlace title={t('action.seenByNobody')} hint={isHiding ? t('action.seenHidden') : undefined} />
      )}
      <ul>
        {found?.readers.map((user) => (
          <li key={user.id} className="flex min-h-11 items-center gap-2.5">
            <Avatar
              id={user.id}
              name={shownName(user)}
              url={user.avatar_url}
              size={28}
              isOnline={user.is_online}
            />
            <bdi className="min-w-0 truncate">{shownName(user)}</bdi>
            {user.is_guest && <GuestMark />}
          </li>
        ))}
      </ul>
      {found !== null && found.more > 0 && (
        <p className="pt-2 text-sm text-soft">{t('action.seenByMore', { count: found.more })}</p>
      )}
    </Dialog>
  )
}
