import { Archive, type LucideIcon, MicOff, UserRoundX } from 'lucide-react'
import { useEffect } from 'react'
import { dayAndTime } from '../../lib/format'
import { useT } from '../../lib/i18n'
import { isForGood } from '../../lib/until'
import { partnerIn } from '../../rooms/direct'
import { type Room, reloadRoom } from '../../rooms/store'

/** In place of the message box: why I may not speak. */
export default function CannotSpeak({ room }: { room: Room }) {
  useEndOfMute(room)
  const Icon: LucideIcon = partnerIn(room)?.is_gone ? UserRoundX : room.archived ? Archive : MicOff
  return (
    <p
      role="status"
      className="flex min-h-12 items-center justify-center gap-2 rounded-xl bg-hover px-4 py-2 text-sm text-balance text-soft"
    >
      <Icon size={16} className="shrink-0" aria-hidden />
      <Why room={room} />
    </p>
  )
}

function Why({ room }: { room: Room }) {
  const t = useT()
  const { archived, muted_until: until, posting } = room
  const partner = partnerIn(room)
  if (partner?.is_gone) return t('direct.cannotReach', { name: partner.display_name ?? partner.username })
  if (archived) return t('composer.archived')
  if (until !== null)
    return isForGood(until) ? t('composer.muted') : t('composer.mutedUntil', { when: dayAndTime(until) })
  return t(posting === 'managers' ? 'composer.managersOnly' : 'composer.closed')
}

const LONGEST = 2 ** 31 - 1 // ms that a timer can wait
const ASK_AGAIN = 5_000 // ms; this computer's clock may be ahead of the host's

/** Nobody tells that a time is over: the room is asked for anew. */
function useEndOfMute({ id, muted_until }: Room): void {
  useEffect(() => {
    if (muted_until === null) return
    let timer: ReturnType<typeof setTimeout>
    const wait = (ms: number) => {
      timer = setTimeout(() => {
        reloadRoom(id)
        wait(ASK_AGAIN)
      }, ms)
    }
    wait(Math.min(LONGEST, Math.max(0, Date.parse(muted_until) - Date.now())))
    return () => clearTimeout(timer)
  }, [id, muted_until])
}
