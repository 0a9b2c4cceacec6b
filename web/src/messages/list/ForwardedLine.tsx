import { Forward } from 'lucide-react'
import { exactTime } from '../../lib/format'
import { useT } from '../../lib/i18n'
import type { Forwarded } from '../../lib/types'

/** Above what is passed on: who said it first, and where, if everybody may know. */
export default function ForwardedLine({ from }: { from: Forwarded }) {
  const t = useT()
  const name = from.display_name ?? from.username
  return (
    <p title={exactTime(from.timestamp)} className="flex h-5.5 items-center gap-1.5 text-sm text-soft">
      <Forward size={16} className="shrink-0" aria-hidden />
      <bdi className="truncate">
        {from.room_name === null
          ? t('action.forwardedFrom', { name })
          : t('action.forwardedFromRoom', { name, room: from.room_name })}
      </bdi>
    </p>
  )
}
