import { Archive, Ban, type LucideIcon, MicOff, UserRoundX } from 'lucide-react'
import { useEffect } from 'react'
import { dayAndTime } from '../../lib/format'
import { useT } from '../../lib/i18n'
import { isFormer, shownName } from '../../lib/people'
import { isForGood } from '../../lib/until'
import { useAction } from '../../lib/useAction'
import { setBlocked, useIsBlocked } from '../../rooms/blocks'
import { partnerIn } from '../../rooms/direct'
import { type Room, reloadRoom } from '../../rooms/store'

/** In place of the message box: why I may not speak. */
export default function CannotSpeak({ room }: { room: Room }) {
  const t = useT()
  useEndOfMute(room)
  const partner = partnerIn(room)
  const isBlocked = useIsBlocked(partner?.id)
  const { run, problem } = useAction()
  const Icon: LucideIcon = iconOf(room, isBlocked)
  return (
    <p
      role="status"
      className="flex min-h-12 items-center justify-center gap-2 rounded-xl bg-hover px-4 py-2 text-sm text-balance text-soft"
    >
      <Icon size={16} className="shrink-0" aria-hidden />
      <Why room={room} />
      {isBlocked && partner !== undefined && (
        <button
          type="button"
          className="min-h-6 shrink-0 font-medium text-accent hover:underline coarse:min-h-11"
          onClick={() => void run(() => setBlocked(partner.id, false))}
        >
          {t('direct.unblock')}
        </button>
      )}
      {problem}
    </p>
  )
}

function iconOf(room: Room, isBlocked: boolean): LucideIcon {
  if (isBlocked) return Ban
  if (partnerIn(room)?.is_gone) return UserRoundX
  return room.archived ? Archive : MicOff
}

function Why({ room }: { room: Room }) {
  const t = useT()
  const { archived, muted_until: until, posting } = room
  const partner = partnerIn(room)
  const isBlocked = useIsBlocked(partner?.id)
  if (partner !== undefined && isBlocked) return t('direct.youBlocked', { name: shownName(partner) })
  if (partner !== undefined && isFormer(partner)) return t('direct.formerHint')
  if (partner?.is_gone) return t('direct.cannotReach', { name: shownName(partner) })
  if (archived) return t('composer.archived')
  if (until !== null)
    return isForGood(until) ? t('composer.muted') : t('composer.mutedUntil', { when: dayAndTime(until) })
  if (partner !== undefined) return t('direct.closed', { name: shownName(partner) })
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
