import { useEffect, useState } from 'react'
import { exactTime } from '../../lib/format'
import { useT } from '../../lib/i18n'
import type { Message } from '../../lib/types'
import { useAction } from '../../lib/useAction'
import { Alert } from '../../ui/Alert'
import { Dialog } from '../../ui/Dialog'
import { Spinner } from '../../ui/Spinner'
import { Markdown } from '../content/Markdown'
import { loadEdits } from './editing'

/** What a message said before, and what it says now, the newest first. */
export function EditsDialog({ message, onClose }: { message: Message; onClose: () => void }) {
  const t = useT()
  const [versions, setVersions] = useState<{ content: string; edited_at: string }[] | null>(null)
  const { run, problem } = useAction()
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked once, when the dialog opens.
  useEffect(() => {
    void run(async () => {
      const { content, edited_at, timestamp } = message
      setVersions([...(await loadEdits(message)), { content, edited_at: edited_at ?? timestamp }].reverse())
    })
  }, [])
  return (
    <Dialog title={t('action.versions')} isOpen onClose={onClose}>
      {problem !== null && <Alert>{problem}</Alert>}
      {versions === null && problem === null && <Spinner />}
      <ol className="space-y-3">
        {versions?.map(({ content, edited_at }) => (
          <li key={edited_at}>
            <time dateTime={edited_at} className="text-xs text-soft tabular-nums">
              {exactTime(edited_at)}
            </time>
            <Markdown id={edited_at} text={content} />
          </li>
        ))}
      </ol>
    </Dialog>
  )
}
