/** What waits for a decision: by room, and for administrators in all of them. */
import type { components } from '../contract'
import { answer, api } from '../lib/api'
import { on } from '../lib/socket'
import { sessionStore } from '../lib/stores'

type Schemas = components['schemas']

export type Report = Schemas['Report']
export type Decision = Schemas['ReportDecision']['action']

/** Of all rooms. */
export const EVERYWHERE = 0

interface Queue {
  reports: Report[]
  /** Of the next page. */
  cursor: string | null
}

export const useReports = sessionStore<{ queues: Record<number, Queue> }>({ queues: {} })

function fetchPage(room_id: number, cursor: string | null) {
  const query = cursor === null ? {} : { cursor }
  if (room_id === EVERYWHERE) return answer(api.GET('/api/admin/reports', { params: { query } }))
  return answer(api.GET('/api/rooms/{room_id}/reports', { params: { path: { room_id }, query } }))
}

function put(roomId: number, queue: Queue): void {
  useReports.setState(({ queues }) => ({ queues: { ...queues, [roomId]: queue } }))
}

/** The newest of them. Throws ChatError. */
export async function loadReports(roomId: number): Promise<void> {
  const { reports, next_cursor } = await fetchPage(roomId, null)
  put(roomId, { reports, cursor: next_cursor })
}

/** Throws ChatError. */
export async function loadOlderReports(roomId: number): Promise<void> {
  const known = useReports.getState().queues[roomId]
  if (known === undefined || known.cursor === null) return
  const { reports, next_cursor } = await fetchPage(roomId, known.cursor)
  put(roomId, { reports: [...known.reports, ...reports], cursor: next_cursor })
}

/** Whoever reported the message is told. Throws ChatError. */
export async function decide({ room_id, id }: Report, action: Decision): Promise<void> {
  const params = { path: { room_id, report_id: id } }
  await answer(api.POST('/api/rooms/{room_id}/reports/{report_id}', { params, body: { action } }))
  drop(id)
}

function drop(id: number): void {
  useReports.setState(({ queues }) => ({
    queues: Object.fromEntries(
      Object.entries(queues).map(([key, { reports, cursor }]) => [
        key,
        { reports: reports.filter((report) => report.id !== id), cursor },
      ]),
    ),
  }))
}

/** Of those that were looked at. */
function reload(): void {
  for (const roomId of Object.keys(useReports.getState().queues))
    void loadReports(Number(roomId)).catch(() => undefined)
}

on('report_made', reload)
on('report_closed', ({ report_id }) => drop(report_id))
