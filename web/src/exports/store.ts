/** Taking a room with me, or all that is mine: ordered here, and saved by the browser while the server makes it. */
import type { components } from '../contract'
import { saveByToken } from '../files/contents'
import { answer, api } from '../lib/api'
import { currentLanguage } from '../lib/i18n'

export type ExportSize = components['schemas']['ExportSize']
export type ExportFormat = 'html' | 'json'

const at = (room_id: number) => ({ params: { path: { room_id } } })

/** Of a room, or of all that is mine. Throws ChatError. */
export const measureExport = (roomId: number | null): Promise<ExportSize> =>
  answer(
    roomId === null
      ? api.GET('/api/auth/me/export/size')
      : api.GET('/api/rooms/{room_id}/export/size', at(roomId)),
  )

/** Throws ChatError; once it has begun, it is the browser that tells how it goes. */
export async function saveExport(
  roomId: number | null,
  format: ExportFormat,
  whenFailed: () => void,
): Promise<void> {
  const body = { format, language: currentLanguage(), tz: Intl.DateTimeFormat().resolvedOptions().timeZone }
  const { path } = await answer(
    roomId === null
      ? api.POST('/api/auth/me/export', { body })
      : api.POST('/api/rooms/{room_id}/export', { ...at(roomId), body }),
  )
  if (saveByToken(path, 'LanChat.zip', whenFailed)) return
  const link = document.createElement('a')
  link.href = path
  link.download = ''
  link.click()
}
