/** An unsent message as the server takes it. */
import type { ClientEvents } from '../../contract'
import { asShown } from '../../files/asShown'
import type { Unsent } from '../../lib/outbox'
import { part } from '../../lib/part'
import type { Attachment } from '../../lib/types'

/** Those that wait for a connection as they are here. */
export const filesOf = ({ attachment, attachments, files }: Unsent): Attachment[] =>
  files?.map(asShown) ?? attachments ?? (attachment === null ? [] : [attachment])

/** Loaded with the first of them. */
export const waiting = () => part(() => import('../../files/waiting'))

/** With its files on the server. Throws ChatError, `cancelled` where it isn't wanted any more. */
export async function whole({ files, ...entry }: Unsent, isWanted: () => Promise<boolean>): Promise<Unsent> {
  return files === undefined
    ? entry
    : { ...entry, attachments: await (await waiting()).uploadWaiting(entry.client_id, files, isWanted) }
}

export function draftOf(entry: Unsent): ClientEvents['send_message'] {
  const { room_id, content, message_type, client_id, forward } = entry
  if (forward !== undefined)
    return { room_id, client_id, forward: { room_id: forward.room_id, message_id: forward.message_id } }
  const files = filesOf(entry).map(({ file_path }) => file_path)
  const file = files.length > 1 ? { file_paths: files } : files[0] ? { file_path: files[0] } : {}
  const reply = entry.reply_to ? { reply_to_id: entry.reply_to.id } : {}
  const type = message_type === 'system' ? 'text' : message_type
  return { room_id, content, message_type: type, client_id, ...file, ...reply }
}
