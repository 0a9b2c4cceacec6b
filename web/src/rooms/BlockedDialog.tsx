import { useEffect, useState } from 'react'
import { asChatError } from '../lib/errors'
import { errorText } from '../lib/errorText'
import { useT } from '../lib/i18n'
import { shownName } from '../lib/people'
import type { User } from '../lib/types'
import { useAction } from '../lib/useAction'
import { Alert } from '../ui/Alert'
import { Avatar } from '../ui/Avatar'
import { Button } from '../ui/Button'
import { Dialog } from '../ui/Dialog'
import { EmptyPlace } from '../ui/EmptyPlace'
import { Spinner } from '../ui/Spinner'
import { loadBlocked, setBlocked, useBlocks } from './blocks'

/** Whom I blocked, and the way back. */
export default function BlockedDialog({ onClose }: { onClose: () => void }) {
  const t = useT()
  const ids = useBlocks((state) => state.ids)
  const [people, setPeople] = useState<User[] | null>(null)
  const { run, problem, isBusy } = useAction()
  const [failed, setFailed] = useState<string | null>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked for anew when another tab blocks somebody.
  useEffect(() => {
    loadBlocked().then(setPeople, (reason) => setFailed(errorText(asChatError(reason))))
  }, [ids.length])
  const shown = people?.filter(({ id }) => ids.includes(id))
  return (
    <Dialog title={t('block.list')} description={t('block.listHint')} isOpen onClose={onClose}>
      {(problem ?? failed) !== null && <Alert>{problem ?? failed}</Alert>}
      {shown === undefined && failed === null && <Spinner />}
      {shown?.length === 0 && <EmptyPlace title={t('block.none')} hint={t('block.noneHint')} />}
      <ul className="space-y-1">
        {shown?.map((user) => (
          <li key={user.id} className="flex min-h-12 items-center gap-3">
            <Avatar id={user.id} name={shownName(user)} url={user.avatar_url} />
            <bdi className="min-w-0 flex-1 truncate font-medium">{shownName(user)}</bdi>
            <Button
              look="outline"
              disabled={isBusy}
              aria-label={t('block.unblockWho', { name: shownName(user) })}
              onClick={() => void run(() => setBlocked(user.id, false))}
            >
              {t('block.unblock')}
            </Button>
          </li>
        ))}
      </ul>
    </Dialog>
  )
}
