/**
 * Messages that the server has not acknowledged yet, in IndexedDB: they outlive a reload and a lost session.
 * Where the browser withholds IndexedDB they live in memory.
 */
import { type DBSchema, type IDBPDatabase, openDB } from 'idb'
import type { WireError } from './errors'
import { noteKeeping } from './keeping'
import type { Quote } from './quote'
import type { Attachment, DirectMember, Forwarded, MessageType } from './types'

export interface Unsent {
  client_id: string
  /** Installation and user, so that another account, or another host at this address, never sends it. */
  owner: string
  room_id: number
  /** Of the first messages to people with whom there is no room yet: everybody whom it will be for. */
  people?: DirectMember[]
  content: string
  message_type: MessageType
  /** The first of `attachments`, and all that an older page knew of them. */
  attachment: Attachment | null
  attachments?: Attachment[]
  /** Chosen without a connection, and to be uploaded before it is sent: then they are its `attachments`. */
  files?: File[]
  /** Of what is passed on: where it stands, and who said it first. */
  forward?: { room_id: number; message_id: number; from: Forwarded }
  /** What it answers, and the first message of that chain; not in what an older page left. */
  reply_to?: Quote | null
  thread_id?: number | null
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
  has(clientId: string): Promise<boolean>
  put(entry: Unsent): Promise<void>
  remove(clientId: string): Promise<void>
}

type Entries = Map<string, Unsent>

function memoryOutbox(entries: Entries): Outbox {
  return {
    all: async (owner) => [...entries.values()].filter((entry) => entry.owner === owner).sort(byOrder),
    has: async (clientId) => entries.has(clientId),
    put: async (entry) => void entries.set(entry.client_id, entry),
    remove: async (clientId) => void entries.delete(clientId),
  }
}

const byOrder = (a: Unsent, b: Unsent): number => a.order - b.order

/** A database may also stop answering later: nothing waits for it longer, and the message is sent all the same. */
function storedOutbox(db: IDBPDatabase<Schema>): Outbox {
  return {
    all: async (owner) => (await soon(db.getAllFromIndex('unsent', 'owner', owner))).sort(byOrder),
    has: async (clientId) => (await soon(db.count('unsent', clientId))) > 0,
    put: async (entry) => void (await noted(soon(db.put('unsent', entry), patienceFor(entry)))),
    remove: (clientId) => soon(db.delete('unsent', clientId)),
  }
}

const PATIENCE = 2_000 // ms

const SLOW_DISK = 2_000 // bytes a ms

const patienceFor = ({ files = [] }: Unsent): number =>
  PATIENCE + files.reduce((sum, { size }) => sum + size, 0) / SLOW_DISK

/** Rejects when nothing has come of it for so long. */
function soon<T>(work: Promise<T>, patience = PATIENCE): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('The database does not answer.')), patience)
    work.then(resolve, reject).finally(() => clearTimeout(timer))
  })
}

/** What can't be kept is told on the page. */
function noted<T>(work: Promise<T>): Promise<T> {
  work.then(
    () => noteKeeping(true),
    () => noteKeeping(false),
  )
  return work
}

/** Asynchronous, because browsers that refuse all storage throw at once. */
async function openDatabase(): Promise<IDBPDatabase<Schema>> {
  return await openDB<Schema>('lanchat', 1, {
    upgrade(db) {
      db.createObjectStore('unsent', { keyPath: 'client_id' }).createIndex('owner', 'owner')
    },
  })
}

/** In memory until the database opens, should it ever; what was written meanwhile is then stored as well. */
async function open(): Promise<Outbox> {
  const database = openDatabase()
  try {
    return storedOutbox(await noted(soon(database)))
  } catch {
    const entries: Entries = new Map()
    void database.then((db) => moveTo(storedOutbox(db), entries)).catch(() => undefined)
    return memoryOutbox(entries)
  }
}

async function moveTo(stored: Outbox, entries: Entries): Promise<void> {
  opened = Promise.resolve(stored)
  for (const entry of entries.values()) await stored.put(entry)
  noteKeeping(true)
}

let opened: Promise<Outbox> | null = null

export function outbox(): Promise<Outbox> {
  opened ??= open()
  return opened
}
