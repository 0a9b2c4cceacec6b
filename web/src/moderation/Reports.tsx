import { useEffect, useState } from 'react'
import { currentUser } from '../accounts/store'
import { dayAndTime } from '../lib/format'
import { useT } from '../lib/i18n'
import { shownName } from '../lib/people'
import { useAction } from '../lib/useAction'
import { findRoom } from '../rooms/store'
import { Alert } from '../ui/Alert'
import { Button } from '../ui/Button'
import { Confirm } from '../ui/Confirm'
import { EmptyPlace } from '../ui/EmptyPlace'
import { Spinner } from '../ui/Spinner'
import {
  type Decision,
  decide,
  EVERYWHERE,
  loadOlderReports,
  loadReports,
  type Report,
  useReports,
} from './store'

/** What waits for a decision in a room, or everywhere. */
export function Reports({ roomId }: { roomId: number }) {
  const t = useT()
  const queue = useReports((state) => state.queues[roomId])
  const { run, isBusy, problem } = useAction()
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked for when it is shown.
  useEffect(() => void run(() => loadReports(roomId)), [roomId])
  return (
    <>
      {problem !== null && <Alert>{problem}</Alert>}
      {queue === undefined && problem === null && <Spinner />}
      {queue?.reports.length === 0 && <EmptyPlace title={t('report.none')} />}
      <ul className="divide-y divide-line">
        {queue?.reports.map((report) => (
          <ReportRow
            key={report.id}
            report={report}
            showsRoom={roomId === EVERYWHERE}
            isBusy={isBusy}
            onDecide={(action) => void run(() => decide(report, action))}
          />
        ))}
      </ul>
      {queue?.cursor != null && (
        <Button look="outline" className="mt-3" onClick={() => void run(() => loadOlderReports(roomId))}>
          {t('report.more')}
        </Button>
      )}
    </>
  )
}

interface RowProps {
  report: Report
  showsRoom: boolean
  isBusy: boolean
  onDecide: (action: Decision) => void
}

function ReportRow({ report, showsRoom, isBusy, onDecide }: RowProps) {
  const t = useT()
  const [isAsked, setAsked] = useState(false)
  const { copy, count, reason, words, others, at, room_name } = report
  const { message } = report
  const name = message === null ? (copy.at(-1)?.username ?? '') : shownName(message)
  const kind = String(findRoom(report.room_id)?.kind ?? (room_name === '' ? 'direct' : 'room'))
  const canBan = kind === 'room' || (kind === 'lobby' && currentUser()?.is_admin === true)
  const place = room_name === '' ? t('report.direct') : t('report.in', { room: room_name })
  return (
    <li className="space-y-2 py-4 first:pt-0">
      <div>
        <h3 className="font-semibold">{t('report.of', { name })}</h3>
        <p className="text-sm text-soft">
          {[t(`report.why.${reason}`), t('report.count', { count }), showsRoom ? place : null, dayAndTime(at)]
            .filter(Boolean)
            .join(' · ')}
        </p>
      </div>
      <Copied report={report} />
      {[words, ...others].map(
        (said, index) =>
          said !== null && (
            // biome-ignore lint/suspicious/noArrayIndexKey: they never change places.
            <p key={index} dir="auto" className="text-sm wrap-anywhere">
              “{said}”
            </p>
          ),
      )}
      <div className="flex flex-wrap gap-2">
        <Button look="outline" disabled={isBusy} onClick={() => onDecide('dismiss')}>
          {t('report.dismiss')}
        </Button>
        <Button look="outline" disabled={isBusy} onClick={() => onDecide('remove_message')}>
          {t('report.remove_message')}
        </Button>
        {canBan && (
          <Button look="danger" disabled={isBusy} onClick={() => setAsked(true)}>
            {t('report.ban')}
          </Button>
        )}
      </div>
      <Confirm
        title={t('report.banTitle', { name })}
        description={t(kind === 'lobby' ? 'report.banHostHint' : 'report.banHint')}
        action={t('report.ban')}
        isOpen={isAsked}
        onClose={() => setAsked(false)}
        onConfirm={async () => onDecide('ban')}
      />
    </li>
  )
}

/** The message as it was, behind what was said before it. */
function Copied({ report: { copy, message } }: { report: Report }) {
  const t = useT()
  if (copy.length === 0) return <p className="text-sm text-soft">{t('report.copyGone')}</p>
  const last = copy.length - 1
  return (
    <div className="space-y-1 rounded-lg border border-line bg-ground p-3">
      {copy.map((each, index) => (
        <p key={each.id} dir="auto" className={`wrap-anywhere ${index === last ? '' : 'text-sm text-soft'}`}>
          <bdi className="font-medium">{each.username}</bdi>: {saidIn(each)}
        </p>
      ))}
      {message?.is_deleted && <p className="text-sm text-soft">{t('report.isGone')}</p>}
    </div>
  )
}

/** Its words, and the names of its files; one that says nothing else says the path of the first, or its name. */
function saidIn({ content, filename, filenames }: Report['copy'][number]): string {
  const isBare = filename !== null && (content === filename || content.startsWith('/files/'))
  return [...(isBare ? [] : [content]), ...filenames].join(' · ')
}
