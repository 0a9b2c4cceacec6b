import { dayAndTime, exactTime } from '../lib/format'
import { useT } from '../lib/i18n'
import { Alert } from '../ui/Alert'
import { Button } from '../ui/Button'
import { EmptyPlace } from '../ui/EmptyPlace'
import { Spinner } from '../ui/Spinner'
import { logText } from './logText'
import { loadLog } from './order'
import { usePages } from './usePages'

/** What was done to the room and its members, newest first. */
export function RoomLog({ roomId }: { roomId: number }) {
  const t = useT()
  const { items, problem, isBusy, more } = usePages(async (cursor) => {
    const { entries, next_cursor } = await loadLog(roomId, cursor)
    return { items: entries, next_cursor }
  })
  return (
    <>
      {problem !== null && <Alert>{problem}</Alert>}
      {items === null && problem === null && <Spinner />}
      {items?.length === 0 && <EmptyPlace title={t('order.emptyLog')} />}
      <ol className="divide-y divide-line">
        {items?.map((entry) => (
          <li key={entry.id} className="flex items-baseline gap-4 py-2">
            <span className="min-w-0 flex-1 wrap-anywhere">{logText(t, entry)}</span>
            <time
              dateTime={entry.at}
              title={exactTime(entry.at)}
              className="shrink-0 text-sm text-soft tabular-nums"
            >
              {dayAndTime(entry.at)}
            </time>
          </li>
        ))}
      </ol>
      {more !== null && (
        <Button look="outline" className="mt-3" disabled={isBusy} onClick={more}>
          {t('order.older')}
        </Button>
      )}
    </>
  )
}
