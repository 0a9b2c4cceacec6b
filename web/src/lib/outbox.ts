/**
 * Messages that the server has not acknowledged yet, in IndexedDB: they outlive a reload and a lost session.
 * Where the browser withholds IndexedDB they live in memory.
 */
import { type DBSchema, type IDBPDatabase, openDB } from 'idb'
import type { WireError } from './errors'
import type { Attachment, MessageType } from './types'

export interface Unsent {
  client_id: string
  /** Installation and user, so that another account, or another host at this address, never sends it. */
  owner: string
  room_id: number
  content: string
  message_type: MessageType
  attachment: Attachment | null
  written_at: string
  /** Grows with every entry: the order in which they are to be sent. */
  order: number
  /** Set when the server refused it for good; it then waits for Retry or Delete. */
  error: WireError | null
}

interface Schema extends DBSchema {
  unsent: { key: string; value: Unsent; indexes: { owner: string } }
}

export interface Outbox {
  all(owner: string): Promise<Unsent[]>
  put(entry: Unsent): Promise<void>
  remove(clientId: string): Promise<void>
}

function memoryOutbox(): Outbox {
  const entries = new Map<string, Unsent>()
  return {
    all: async (owner) => [...entries.values()].filter((entry) => entry.owner === owner).sort(byOrder),
    put: async (entry) => void entries.set(entry.client_id, entry),
    remove: async (clientId) => void entries.delete(clientId),
  }
}

const byOrder = (a: Unsent, b: Unsent): number => a.order - b.order

function storedOutbox(db: IDBPDatabase<Schema>): Outbox {
  return {
    all: async (owner) => (await db.getAllFromIndex('unsent', 'owner', owner)).sort(byOrder),
    put: async (entry) => void (await db.put('unsent', entry)),
    remove: (clientId) => db.delete('unsent', clientId),
  }
}

let opened: Promise<Outbox> | null = null

export function outbox(): Promise<Outbox> {
  opened ??= openDB<Schema>('lanchat', 1, {
    upgrade(db) {
      db.createObjectStore('unsent', { keyPath: 'client_id' }).createIndex('owner', 'owner')
    },
  }).then(storedOutbox, memoryOutbox)
  return opened
}
