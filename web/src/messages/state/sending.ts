/** My messages on their way: shown at once, kept in the outbox, sent in order, never doubled. */

import { ownerHere } from '../../accounts/owner'
import { currentUser } from '../../accounts/store'
import { showNoMore } from '../../files/asShown'
import { isImage, isPicture } from '../../files/limits'
import { takeLong, uploadAnew } from '../../files/stored'
import { asChatError, type ChatError, cancelled } from '../../lib/errors'
import { newClientId } from '../../lib/ids'
import { onAdded } from '../../lib/news'
import type { Unsent } from '../../lib/outbox'
import { quoteOf } from '../../lib/quote'
import { ask, useConnection } from '../../lib/socket'
import { sessionStore } from '../../lib/stores'
import type { Attachment, DirectMember, Message } from '../../lib/types'
import { beginWith, isPlace, keepListed, makeRoom, movedTo } from '../../rooms/direct'
import { findRoom, useRooms } from '../../rooms/store'
import { draftOf, waiting, whole } from './draft'
import { take } from './feed'
import { isTaken, readKept, remove, store, tellGone, whenGone } from './kept'
import { lane } from './lane'

const RETRY_AFTER = 2 // s, when the server names no time
const GIVEN_UP = new Set(['cancelled', 'session_over'])

export const useSending = sessionStore<{ unsent: Unsent[] }>({ unsent: [] })

const all = (): Unsent[] => useSending.getState().unsent
const keep = (unsent: Unsent[]): void => useSending.setState({ unsent })

let lastOrder = 0
function nextOrder(): number {
  lastOrder = Math.max(lastOrder + 1, Date.now())
  return lastOrder
}

/** What an earlier page left unsent is on its way again. */
export async function loadOutbox(): Promise<void> {
  const owner = ownerHere()
  const unsent = await readKept(owner)
  if (owner !== ownerHere()) return
  // What was said while they were read is among them already, or will be.
  const isNew = ({ client_id }: Unsent) => !unsent.some((entry) => entry.client_id === client_id)
  keep([...unsent, ...all().filter(isNew)])
  for (const { room_id, people } of unsent)
    if (people !== undefined && beginWith(people) === room_id) keepListed(room_id)
}

/** `answered`: the message that it replies to. */
export function send(roomId: number, content: string, answered: Message | null = null): void {
  enqueue(roomId, content, answered)
}

/** With words beside them, or without. */
export function sendFiles(roomId: number, files: Attachment[], caption = '', answered?: Message): void {
  const [first] = files
  if (first === undefined) return
  const message_type = files.every(isPicture) ? 'image' : 'file'
  const carried = { message_type, attachment: first, attachments: files } as const
  enqueue(roomId, caption.trim() === '' ? first.filename : caption, answered ?? null, carried)
}

/** Large, or without a connection: they wait here as they are, and are uploaded from here. */
export function keepFiles(roomId: number, files: File[], caption: string, answered?: Message): void {
  const [first] = files
  if (first === undefined) return
  const message_type = files.every(({ type }) => isImage(type)) ? 'image' : 'file'
  enqueue(roomId, caption.trim() === '' ? first.name : caption, answered ?? null, { message_type, files })
}

/** With its words and files, of which nothing is uploaded again. */
export function forward(roomId: number, message: Message): void {
  const { room_id, id, content, attachments, username, display_name, timestamp } = message
  const from = message.forwarded_from ?? { username, display_name, room_name: null, timestamp }
  const carried = { message_type: message.message_type, attachment: attachments[0] ?? null, attachments }
  enqueue(roomId, content, null, { ...carried, forward: { room_id, message_id: id, from } })
}

type Carried = Partial<Pick<Unsent, 'message_type' | 'attachment' | 'attachments' | 'files' | 'forward'>>

function enqueue(where: number, content: string, answered: Message | null, carried: Carried = {}): void {
  const room_id = movedTo(where)
  const people = isPlace(room_id) ? findRoom(room_id)?.members : null
  const entry: Unsent = {
    client_id: newClientId(),
    owner: ownerHere(),
    room_id,
    ...(people ? { people } : {}),
    content,
    message_type: 'text',
    attachment: null,
    ...carried,
    reply_to: answered && quoteOf(answered),
    thread_id: answered && (answered.thread_id ?? answered.id),
    written_at: new Date().toISOString(),
    order: nextOrder(),
    error: null,
  }
  keep([...all(), entry])
  keepListed(room_id)
  void store(entry).then(() => sendNext(movedTo(room_id)))
}

/** None is under way where their part can't be loaded. */
const tellUploads = (tell: (part: Awaited<ReturnType<typeof waiting>>) => void): void =>
  void waiting().then(tell, () => undefined)

async function forget(clientId: string): Promise<void> {
  const gone = all().find((entry) => entry.client_id === clientId)
  if (gone?.files !== undefined) {
    gone.files.forEach(showNoMore)
    tellGone(clientId)
    tellUploads(({ stopUploading }) => stopUploading(clientId))
  }
  keep(all().filter((entry) => entry.client_id !== clientId))
  await remove(clientId)
}

/** Sends a room's entries, and uploads what takes long beside. */
function sendNext(roomId: number): Promise<void> {
  void uploadNext(roomId)
  return sayNext(roomId)
}

/** Each waits for the acknowledgement of the one before. */
const sayNext = lane((roomId) => waitingIn(roomId, (entry) => !mustUpload(entry)), attempt)
const uploadNext = lane((roomId) => waitingIn(roomId, mustUpload), bring)

function waitingIn(roomId: number, isWanted: (entry: Unsent) => boolean): Unsent | undefined {
  if (!useConnection.getState().isUp) return undefined
  return all().find((entry) => entry.room_id === roomId && entry.error === null && isWanted(entry))
}

/** Large files take minutes, in which others are said. In a room that isn't made yet they wait for that. */
const mustUpload = ({ files = [], people }: Unsent): boolean => people === undefined && takeLong(files)

/** False when the room has to wait before anything more is uploaded. */
async function bring(entry: Unsent): Promise<boolean> {
  try {
    await whole(entry, () => isWanted(entry))
    void sendNext(entry.room_id)
    return true
  } catch (reason) {
    return refuse(entry, asChatError(reason))
  }
}

const isHere = ({ client_id }: Unsent): boolean => all().some((entry) => entry.client_id === client_id)

/** What another tab has sent or dropped is not wanted here. What it says in words costs nothing, and is said once. */
async function isWanted(entry: Unsent): Promise<boolean> {
  if (entry.files !== undefined && isHere(entry) && (await isTaken(entry.client_id)))
    await forget(entry.client_id)
  return isHere(entry)
}

/** False when the room has to wait before anything more is sent. */
async function attempt(entry: Unsent): Promise<boolean> {
  if (entry.people !== undefined) return await moveIn(entry, entry.people)
  try {
    const said = await whole(entry, () => isWanted(entry))
    if (!(await isWanted(entry))) throw cancelled()
    const { message } = await ask('send_message', draftOf(said))
    take(message)
    await settle(message)
    return true
  } catch (reason) {
    return refuse(entry, asChatError(reason))
  }
}

/** The room is made by what is said first, which goes there as soon as it is known, by this answer or another way. */
async function moveIn({ client_id, room_id: place }: Unsent, people: DirectMember[]): Promise<boolean> {
  const isWaiting = (other: Unsent) => other.client_id === client_id && other.room_id === place
  try {
    const ids = people.map(({ id }) => id)
    await move(place, await makeRoom(place, ids))
    return false
  } catch (reason) {
    const entry = all().find(isWaiting)
    return entry !== undefined && (await refuse(entry, asChatError(reason)))
  }
}

/** All that waits at a place goes to the room that it has become. */
async function move(place: number, room_id: number): Promise<void> {
  const moved = all().filter((entry) => entry.room_id === place)
  if (moved.length === 0) return
  const atHome = ({ people: _, ...entry }: Unsent): Unsent => ({ ...entry, room_id })
  keep(all().map((entry) => (entry.room_id === place ? atHome(entry) : entry)))
  for (const entry of moved) if (isHere(entry)) await store(atHome(entry))
  void sendNext(room_id)
}

useRooms.subscribe(({ moved }, before) => {
  if (moved !== before.moved)
    for (const [place, roomId] of Object.entries(moved)) void move(Number(place), roomId)
})

async function refuse(entry: Unsent, error: ChatError): Promise<boolean> {
  if (entry.files !== undefined) tellUploads(({ letOthers }) => letOthers(entry.client_id))
  if (GIVEN_UP.has(error.code)) return true
  if (error.isPassing) {
    setTimeout(() => void sendNext(entry.room_id), (error.retryAfter ?? RETRY_AFTER) * 1000)
    return false
  }
  const { code, message, retryAfter } = error
  const details = retryAfter === null ? {} : { details: { retry_at: Date.now() + retryAfter * 1000 } }
  await replace({ ...entry, error: { code, message, ...details } })
  return true
}

/** Unless it was taken back meanwhile. */
async function replace(entry: Unsent): Promise<void> {
  if (!(await isWanted(entry))) return
  keep(all().map((other) => (other.client_id === entry.client_id ? entry : other)))
  await store(entry)
}

/** The server has it: by acknowledgement, the echo or a sync, whichever comes first. */
async function settle(message: Message): Promise<void> {
  if (message.client_id !== null) await forget(message.client_id)
}

export async function retry(entry: Unsent): Promise<void> {
  keep(all().filter((other) => other.client_id !== entry.client_id))
  uploadAnew(entry.files ?? [])
  const again = { ...entry, error: null, order: nextOrder() }
  keep([...all(), again])
  await store(again)
  await sendNext(entry.room_id)
}

export const discard = (entry: Unsent): Promise<void> => forget(entry.client_id)

whenGone((clientId) => {
  if (all().some(({ client_id, files }) => client_id === clientId && files)) void forget(clientId)
})

/** After every connection. */
export function sendAll(): void {
  for (const roomId of new Set(all().map((entry) => entry.room_id))) void sendNext(roomId)
}

onAdded((message) => {
  const isMine = message.user_id === currentUser()?.id
  if (isMine && all().some((entry) => entry.client_id === message.client_id)) void settle(message)
})
