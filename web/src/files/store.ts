/** Files chosen for a room: checked, previewed, uploaded with progress, then handed on as a message. */

import { useServer } from '../host/store'
import { uploadFile } from '../lib/api'
import { asChatError, type WireError } from '../lib/errors'
import { newClientId } from '../lib/ids'
import { sessionStore, whenSessionEnds } from '../lib/stores'
import type { Attachment } from '../lib/types'
import { isImage, maxBytes } from './limits'

export interface Upload {
  id: string
  roomId: number
  file: File
  /** Of an image, for showing it before it is sent. */
  previewUrl: string | null
  state: 'chosen' | 'waiting' | 'uploading' | 'failed'
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
  }))
  useUploads.setState(({ uploads }) => ({ uploads: [...uploads, ...chosen] }))
  return files
    .filter((file) => !isFitting(file))
    .map((file) => ({ name: file.name, limit: maxBytes(file.type, info) }))
}

/** Takes a file out, whether only chosen, under way or failed. */
export function removeUpload(id: string): void {
  aborts.get(id)?.abort()
  const gone = all().find((upload) => upload.id === id)
  if (gone?.previewUrl) URL.revokeObjectURL(gone.previewUrl)
  useUploads.setState(({ uploads }) => ({ uploads: uploads.filter((upload) => upload.id !== id) }))
}

whenSessionEnds(() => {
  for (const { id } of all()) removeUpload(id)
})

/** Uploads what was chosen for a room, one by one, so that they arrive in the order chosen. */
export async function sendChosen(
  roomId: number,
  whenStored: (attachment: Attachment) => void,
): Promise<void> {
  const chosen = all().filter((upload) => upload.roomId === roomId && upload.state === 'chosen')
  for (const { id } of chosen) change(id, { state: 'waiting' })
  for (const { id } of chosen) await upload(id, whenStored)
}

export function retryUpload(id: string, whenStored: (attachment: Attachment) => void): Promise<void> {
  return upload(id, whenStored)
}

async function upload(id: string, whenStored: (attachment: Attachment) => void): Promise<void> {
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
    whenStored(attachment)
    removeUpload(id)
  } catch (reason) {
    const { code, message } = asChatError(reason)
    if (code !== 'cancelled') change(id, { state: 'failed', error: { code, message } })
  } finally {
    aborts.delete(id)
  }
}
