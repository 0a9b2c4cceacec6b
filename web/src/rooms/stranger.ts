/** What the server's rows of rooms leave out, of a room that I'm not in. */

import type { ChatRoom } from '../lib/types'

/** What an outsider may do, until the server says more. */
export const NOTHING: ChatRoom['can'] = {
  speak: false,
  react: false,
  manage: false,
  rename: false,
  add: false,
  end_links: false,
  assign: false,
  archive: false,
  transfer: false,
  invite: false,
  pin: false,
  mention_all: false,
  call: false,
  delete: false,
}

/** Of a room that I'm not in. */
export const STRANGER = {
  members: null,
  role: null,
  can: NOTHING,
  last_seq: 0,
  last_read_seq: null,
  last_message: null,
  muted_until: null,
  notifications: null,
}
