/** What is told about reports, in words. */
import type { ServerEvents } from '../contract'
import { learn, t } from '../lib/i18n'
import { findRoom } from '../rooms/store'
import { say } from '../ui/Toast'
import { reportSentences } from './sentences'

const TOLD = {
  dismiss: 'report.told_dismiss',
  remove_message: 'report.told_removed',
  ban: 'report.told_ban',
} as const

/** To who made the report. */
export async function tellDecision({ decision }: ServerEvents['report_decided']): Promise<void> {
  await learn(reportSentences)
  say(t(TOLD[decision]))
}

/** To those who decide. */
export async function tellReport({ room_id }: ServerEvents['report_made']): Promise<void> {
  await learn(reportSentences)
  const room = findRoom(room_id)
  say(room?.can.manage ? t('report.made', { room: room.name }) : t('report.madeElsewhere'))
}
