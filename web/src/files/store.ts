/** Files chosen for a room: checked, previewed, put in order, uploaded with progress, then handed on as messages. */

import { useServer } from '../host/store'
import { asChatError, type WireError } from '../lib/errors'
import { newClientId } from '../lib/ids'
import { sessionStore, whenSessionEnds } from '../lib/stores'
import type { Attachment } from '../lib/types'
import { isImage, maxBytes } from './limits'
import { isLarge, uploadFile } from './upload'

export interface Upload {
  id: string
  roomId: number
  file: File
  /** Of an image, for showing it before it is sent. */
  previewUrl: string | null
  state: 'chosen' | 'waiting' | 'uploading' | 'failed' | 'stored'
  /** Those that are sent together; 0 while they are only chosen. */
  batch: number
  /** Once the server has it: it waits for the others of its batch. */
  attachment: Attachment | null
  sent: number // bytes
  speed: number // bytes a second
  error: WireError | null
}

/** Shown beside the chosen files: these are not among them. */
export interface TooBig {
  name: string
  limit: number // bytes
}

export const useUploads = sessionStore<{ uploads: Upload[] }>({ uploads: [] })

/** The files of a message, in their order; none where all were taken out meanwhile. */
type WhenStored = (attachments: Attachment[]) => void

const MOST = 10 // files of a message

const batches = new Map<number, WhenStored>()
let lastBatch = 0

const aborts = new Map<string, AbortController>()
const all = (): Upload[] => useUploads.getState().uploads

function change(id: string, edit: Partial<Upload>): void {
  useUploads.setState(({ uploads }) => ({
    uploads: uploads.map((u) => (u.id === id ? { ...u, ...edit } : u)),
  }))
}

/** Takes what is small enough, and returns what is not. */
export function chooseFiles(roomId: number, files: File[]): TooBig[] {
  const { info } = useServer.getState()
  if (info === null) return []
  const isFitting = (file: File) => file.size <= maxBytes(file.type, info)
  const chosen = files.filter(isFitting).map<Upload>((file) => ({
    id: newClientId(),
    roomId,
    file,
    previewUrl: isImage(file.type) ? URL.createObjectURL(file) : null,
    state: 'chosen',
    sent: 0,
    speed: 0,
    error: null,
    batch: 0,
    attachment: null,
  }))
  useUploads.setState(({ uploads }) => ({ uploads: [...uploads, ...chosen] }))
  return files
    .filter((file) => !isFitting(file))
    .map((file) => ({ name: file.name, limit: maxBytes(file.type, info) }))
}

/** Another place among those that are chosen for the same room. */
export function moveUpload(id: string, by: number): void {
  const upload = all().find((each) => each.id === id)
  if (upload === undefined) return
  const isBeside = ({ roomId, state }: Upload) => roomId === upload.roomId && state === 'chosen'
  const beside = all().filter(isBeside)
  const from = beside.indexOf(upload)
  const to = Math.min(beside.length - 1, Math.max(0, from + by))
  beside.splice(from, 1)
  beside.splice(to, 0, upload)
  useUploads.setState({ uploads: [...all().filter((each) => !isBeside(each)), ...beside] })
}

/** Takes a file out, whether only chosen, under way or failed; the others of its batch go without it. */
export function removeUpload(id: string): void {
  const gone = forget(id)
  if (gone !== undefined) finish(gone.batch)
}

function forget(id: string): Upload | undefined {
  aborts.get(id)?.abort()
  const gone = all().find((upload) => upload.id === id)
  if (gone?.previewUrl) URL.revokeObjectURL(gone.previewUrl)
  useUploads.setState(({ uploads }) => ({ uploads: uploads.filter((upload) => upload.id !== id) }))
  return gone
}

whenSessionEnds(() => {
  batches.clear()
  for (const { id } of all()) forget(id)
})

/**
 * Uploads what was chosen for a room, one by one. Ten at most are one message; `whenStored` is told of each message by
 * its place among these, once all its files are there.
 */
export async function sendChosen(
  roomId: number,
  whenStored: (attachments: Attachment[], place: number) => void,
): Promise<void> {
  const chosen = all().filter((upload) => upload.roomId === roomId && upload.state === 'chosen')
  const first = lastBatch + 1
  lastBatch += Math.ceil(chosen.length / MOST)
  for (let batch = first; batch <= lastBatch; batch += 1)
    batches.set(batch, (attachments) => whenStored(attachments, batch - first))
  chosen.forEach(({ id }, index) => {
    change(id, { state: 'waiting', batch: first + Math.floor(index / MOST) })
  })
  for (const { id } of chosen) await upload(id)
}

/** Whether some of what was chosen for a room takes so long that it must outlive this page. */
export const hasLarge = (roomId: number): boolean =>
  all().some((upload) => upload.roomId === roomId && upload.state === 'chosen' && isLarge(upload.file))

/** What was chosen for a room, out of here: in parts that are a message each. */
export function takeChosen(roomId: number): File[][] {
  const chosen = all().filter((upload) => upload.roomId === roomId && upload.state === 'chosen')
  for (const { id } of chosen) forget(id)
  const files = chosen.map(({ file }) => file)
  return Array.from({ length: Math.ceil(files.length / MOST) }, (_, part) =>
    files.slice(part * MOST, (part + 1) * MOST),
  )
}

export function retryUpload(id: string): Promise<void> {
  return upload(id)
}

async function upload(id: string): Promise<void> {
  const found = all().find((other) => other.id === id)
  if (found === undefined) return
  const abort = new AbortController()
  aborts.set(id, abort)
  change(id, { state: 'uploading', sent: 0, speed: 0, error: null })
  const startedAt = Date.now()
  try {
    const attachment = await uploadFile(
      found.file,
      ({ sent, total }) => {
        const seconds = Math.max(0.2, (Date.now() - startedAt) / 1000)
        // The form around the file counts as sent, too.
        change(id, {
          sent: Math.min(found.file.size, (sent / total) * found.file.size),
          speed: sent / seconds,
        })
      },
      abort.signal,
    )
    change(id, { state: 'stored', sent: found.file.size, attachment })
    finish(found.batch)
  } catch (reason) {
    const { code, message } = asChatError(reason)
    if (code !== 'cancelled') change(id, { state: 'failed', error: { code, message } })
  } finally {
    aborts.delete(id)
  }
}

/** Hands a batch on once all that is left of it is stored. */
function finish(batch: number): void {
  const together = all().filter((upload) => upload.batch === batch)
  const whenStored = batches.get(batch)
  if (whenStored === undefined || together.some(({ state }) => state !== 'stored')) return
  batches.delete(batch)
  whenStored(together.flatMap(({ attachment }) => (attachment === null ? [] : [attachment])))
  for (const { id } of together) forget(id)
}
