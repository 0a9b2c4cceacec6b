/** Sends a large file by tus: what has arrived stays, whatever ends between, the page included. */
import { DetailedError, Upload } from 'tus-js-client'
import { currentUser } from '../accounts/store'
import { answer, api, type ErrorBody, headers, refusal } from '../lib/api'
import { asChatError, ChatError } from '../lib/errors'
import type { Attachment } from '../lib/types'
import { whyUnsent } from './unsent'
import type { Progress } from './upload'

const PATH = '/api/upload/resumable/'
const RETRY_AFTER = [500, 1500, 4000] // ms; then it waits for the connection, as all that is unsent

export async function send(
  file: File,
  onProgress: (progress: Progress) => void,
  signal: AbortSignal,
): Promise<Attachment> {
  const name = await bring(file, onProgress, signal)
  return answer(api.GET('/api/upload/resumable/{name}', { params: { path: { name } } }))
}

/** Returns what the server calls it. */
function bring(file: File, onProgress: (progress: Progress) => void, signal: AbortSignal): Promise<string> {
  return new Promise((resolve, reject) => {
    const upload = new Upload(file, {
      endpoint: PATH,
      retryDelays: RETRY_AFTER,
      metadata: { filename: file.name, filetype: file.type },
      removeFingerprintOnSuccess: true,
      // Of two accounts in one browser none goes on with what is the other's.
      fingerprint: async () =>
        ['lanchat', currentUser()?.id, file.name, file.type, file.size, file.lastModified].join('-'),
      // Not for good, as other options are: a session may be renewed meanwhile.
      onBeforeRequest: (request) => {
        for (const [key, value] of Object.entries(headers())) request.setHeader(key, value)
      },
      onProgress: (sent, total) => onProgress({ sent, total: total ?? file.size }),
      onSuccess: () => resolve(upload.url?.split('/').at(-1) ?? ''),
      onError: (error) => void asError(error, file).then(reject),
    })
    signal.addEventListener('abort', () => {
      // What has arrived is of no use to anybody any more.
      upload.abort(true).catch(() => undefined)
      reject(new ChatError({ code: 'cancelled', message: '' }))
    })
    void begin(upload).catch((reason) => reject(asChatError(reason)))
  })
}

async function begin(upload: Upload): Promise<void> {
  const [former] = await upload.findPreviousUploads()
  if (former !== undefined) upload.resumeFromPreviousUpload(former)
  upload.start()
}

async function asError(error: Error, file: File): Promise<ChatError> {
  const response = error instanceof DetailedError ? error.originalResponse : null
  if (response === null) return whyUnsent(file)
  return refusal(bodyOf(response.getBody()), response.getStatus(), response.getHeader('Retry-After') ?? null)
}

function bodyOf(text: string): ErrorBody | undefined {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
