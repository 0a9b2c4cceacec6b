/** Messages as the server sends them, for tests. */
import type { Message } from '../src/lib/types'

const START = Date.parse('2024-05-01T10:00:00Z')

/** The given one of a room, somebody else's unless told otherwise; `minute` counts from the first. */
export function message(seq: number, edit: Partial<Message> & { minute?: number } = {}): Message {
  const { minute = 0, ...rest } = edit
  return {
    ...{
      id: seq,
      seq,
      changed_seq: seq,
      content: `m${seq}`,
      message_type: 'text',
      user_id: 2,
      username: 'li',
      is_guest: false,
    },
    ...{ timestamp: new Date(START + minute * 60_000).toISOString(), room_id: 1, is_deleted: false },
    system: null,
    ...{ deleted_by: null, pinned_at: null, reactions: [], reply_to: null, thread_id: null, reply_count: 0 },
    ...{ mentions: [], mentions_all: false },
    ...{
      client_id: null,
      attachment: null,
      attachments: [],
      forwarded_from: null,
      reply_to_id: null,
      display_name: null,
      avatar_url: null,
      edited_at: null,
    },
    ...rest,
  }
}
