import { dayAndTime } from '../lib/format'
import { useT } from '../lib/i18n'
import { shownName } from '../lib/people'
import { Alert } from '../ui/Alert'
import { Avatar } from '../ui/Avatar'
import { Button } from '../ui/Button'
import { EmptyPlace } from '../ui/EmptyPlace'
import { Spinner } from '../ui/Spinner'
import { type Ban, liftBan, loadBans } from './order'
import { usePages } from './usePages'

/** Who is kept out, why and until when; and the end of it. */
export function RoomBans({ roomId }: { roomId: number }) {
  const t = useT()
  const { items, setItems, run, problem, more } = usePages(async (cursor) => {
    const { bans, next_cursor } = await loadBans(roomId, cursor)
    return { items: bans, next_cursor }
  })

  async function lift(userId: number) {
    await liftBan(roomId, userId)
    setItems((known) => known?.filter(({ user }) => user.id !== userId) ?? null)
  }

  return (
    <>
      {problem !== null && <Alert>{problem}</Alert>}
      {items === null && problem === null && <Spinner />}
      {items?.length === 0 && <EmptyPlace title={t('order.noBans')} />}
      <ul className="space-y-1">
        {items?.map((ban) => (
          <BanRow key={ban.user.id} ban={ban} onLift={() => void run(() => lift(ban.user.id))} />
        ))}
      </ul>
      {more !== null && (
        <Button look="outline" className="mt-3" onClick={more}>
          {t('order.older')}
        </Button>
      )}
    </>
  )
}

function BanRow({ ban, onLift }: { ban: Ban; onLift: () => void }) {
  const t = useT()
  const { user, reason, until, banned_by, at } = ban
  const time = until === null ? t('order.forGood') : t('order.until', { when: dayAndTime(until) })
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-2 py-1.5">
      <Avatar id={user.id} name={shownName(user)} url={user.avatar_url} size={28} />
      <div className="min-w-0 flex-1 basis-40">
        <p dir="auto" className="truncate font-medium">
          {shownName(user)}
        </p>
        {reason !== null && (
          <p dir="auto" className="text-sm wrap-anywhere">
            {reason}
          </p>
        )}
        <p className="text-sm text-soft">
          {time} · {t('order.bannedBy', { name: shownName(banned_by), when: dayAndTime(at) })}
        </p>
      </div>
      <Button
        look="outline"
        className="shrink-0"
        aria-label={t('order.liftOf', { name: shownName(user) })}
        onClick={onLift}
      >
        {t('order.lift')}
      </Button>
    </li>
  )
}
