import { useEffect, useRef, useState } from 'react'
import { useT } from '../../lib/i18n'
import { plainText } from '../../lib/plainText'
import { spokenName } from '../../lib/spokenName'
import { systemText } from '../../lib/systemText'
import type { Message } from '../../lib/types'
import { isBlocked } from '../../rooms/blocks'

const BATCH = 1_200 // ms

interface Props {
  messages: Message[]
  myId: number
}

/** Reads new messages of others to a screen reader, several at once when they come fast. */
export function Announcer({ messages, myId }: Props) {
  const t = useT()
  const [text, setText] = useState('')
  const last = messages.at(-1)?.seq ?? 0
  const announced = useRef(last)

  useEffect(() => {
    if (last <= announced.current) return
    const timer = setTimeout(() => {
      const fresh = messages.filter(
        (m) => m.seq > announced.current && m.user_id !== myId && !isBlocked(m.user_id),
      )
      announced.current = last
      const [only] = fresh
      if (fresh.length > 1) setText(t('message.announceMany', { count: fresh.length }))
      else if (only?.message_type === 'system') setText(systemText(t, only, myId))
      else if (only !== undefined) setText(`${spokenName(only)}: ${plainText(only.content)}`)
    }, BATCH)
    return () => clearTimeout(timer)
  }, [last, messages, myId, t])

  return (
    <div className="sr-only" aria-live="polite">
      {text}
    </div>
  )
}
