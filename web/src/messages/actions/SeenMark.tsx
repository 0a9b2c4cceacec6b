import { Eye } from 'lucide-react'
import { useState } from 'react'
import { dayAndTime } from '../../lib/format'
import { useT } from '../../lib/i18n'
import type { Message } from '../../lib/types'
import { ReadersDialog } from './ReadersDialog'

interface Props {
  message: Message
  /** With one other person, who is known. */
  isAlone: boolean
  /** When that was heard; null where it was before this page opened. */
  at: string | null
}

/** That my newest message was seen: in company the way to by whom. */
export default function SeenMark({ message, isAlone, at }: Props) {
  const t = useT()
  const [isOpen, setOpen] = useState(false)
  if (isAlone)
    return (
      <span className="shrink-0 text-xs text-soft tabular-nums">
        {at === null ? t('message.seen') : t('direct.seenAt', { when: dayAndTime(at) })}
      </span>
    )
  const label = t('action.seenBy')
  return (
    <>
      <button
        type="button"
        title={label}
        aria-label={label}
        onClick={() => setOpen(true)}
        className="relative -m-1 grid size-6 shrink-0 place-items-center rounded-md text-soft hover:text-ink coarse:after:absolute coarse:after:-inset-2.5"
      >
        <Eye size={14} aria-hidden />
      </button>
      {isOpen && <ReadersDialog message={message} onClose={() => setOpen(false)} />}
    </>
  )
}
