/** Sends a large file by tus: what has arrived stays, whatever ends between, the page included. */
import { DetailedError, type HttpResponse, Upload } from 'tus-js-client'
import { alone } from '../lib/alone'
import { answer, api, type ErrorBody, headers, refusal } from '../lib/api'
import { ChatError, cancelled } from '../lib/errors'
import { watchSession } from '../lib/stores'
import type { Attachment } from '../lib/types'
import { addressAt, forgetAddress, keepAddress, keyOf } from './addresses'
import { whyUnsent } from './unsent'
import type { Progress } from './upload'

const PATH = '/api/upload/resumable/'
const RETRY_AFTER = [500, 1500, 4000] // ms; then it waits for the connection, as all that is unsent
const AFTER_ANOTHER = 30 // s; another tab is sending the same file, and would be ended by a look

/** Of one file, for all messages that it is sent with. */
interface Bringing {
  whole: Promise<Attachment>
  watchers: Set<(progress: Progress) => void>
  abort: AbortController
}

const underWay = new Map<string, Bringing>()
/** Until when another tab is left alone with a file, in ms. */
const othersUntil = new Map<string, number>()

export function send(
  file: File,
  onProgress: (progress: Progress) => void,
  signal: AbortSignal,
): Promise<Attachment> {
  const key = keyOf(file)
  const bringing = underWay.get(key) ?? begin(key, file)
  return new Promise((resolve, reject) => {
    const watch = (progress: Progress) => onProgress(progress)
    bringing.watchers.add(watch)
    signal.addEventListener('abort', () => {
      bringing.watchers.delete(watch)
      // What is whole stays a file: the server removes it if no message comes.
      if (bringing.watchers.size === 0 && end(key, bringing)) bringing.abort.abort()
      reject(cancelled())
    })
    bringing.whole.then(resolve, reject)
  })
}

function begin(key: string, file: File): Bringing {
  const abort = new AbortController()
  const watchers: Bringing['watchers'] = new Set()
  const tell = (progress: Progress) => {
    for (const watch of watchers) watch(progress)
  }
  const whole = alone(key, () => bring(key, file, tell, abort.signal), abort.signal)
  const bringing = { whole, watchers, abort }
  underWay.set(key, bringing)
  const over = () => end(key, bringing)
  whole.then(over, over)
  return bringing
}

/** False where it has ended already. */
const end = (key: string, bringing: Bringing): boolean =>
  underWay.get(key) === bringing && underWay.delete(key)

async function bring(
  key: string,
  file: File,
  onProgress: (progress: Progress) => void,
  signal: AbortSignal,
): Promise<Attachment> {
  const rest = (othersUntil.get(key) ?? 0) - Date.now()
  if (rest > 0) throw leftToOthers(rest / 1000)
  const name = await transfer(key, file, onProgress, signal)
  const attachment = await answer(api.GET('/api/upload/resumable/{name}', { params: { path: { name } } }))
  // Not before: until then a look at the address finds the file there, whole.
  forgetAddress(key)
  return attachment
}

/** Returns what the server calls it. */
function transfer(
  key: string,
  file: File,
  onProgress: (progress: Progress) => void,
  signal: AbortSignal,
): Promise<string> {
  const isOver = watchSession()
  return new Promise((resolve, reject) => {
    const upload = new Upload(file, {
      endpoint: PATH,
      uploadUrl: addressAt(key),
      retryDelays: RETRY_AFTER,
      metadata: { filename: file.name, filetype: file.type },
      storeFingerprintForResuming: false,
      onUploadUrlAvailable: () => keepAddress(key, upload.url ?? ''),
      onBeforeRequest: (request) => {
        if (signal.aborted && request.getMethod() !== 'DELETE') throw cancelled()
        // Not for good, as other options are: a session may be renewed meanwhile.
        for (const [name, value] of Object.entries(headers())) request.setHeader(name, value)
      },
      onAfterResponse: (request, response) => {
        if (request.getMethod() === 'HEAD') keepUnlessGone(response)
      },
      onShouldRetry: isWorthwhile,
      onProgress: (sent, total) => onProgress({ sent, total: total ?? file.size }),
      onSuccess: () => resolve(upload.url?.split('/').at(-1) ?? ''),
      onError: (error) => void asError(error, key, file).then(reject),
    })
    signal.addEventListener('abort', () => {
      // At the end of a session its messages stay, and what has arrived of them. Else it is of no use to anybody.
      const isUseless = !isOver()
      if (isUseless) forgetAddress(key)
      upload.abort(isUseless).catch(() => undefined)
      reject(cancelled())
    })
    upload.start()
  })
}

const CODES: Record<number, string> = { 401: 'not_authenticated', 403: 'forbidden', 429: 'too_many' }

/** tus begins anew whatever the answer is, and that loses what has arrived. An answer to HEAD has no body. */
function keepUnlessGone(response: HttpResponse): void {
  const status = response.getStatus()
  if ((status >= 200 && status < 300) || status === 404 || status === 410) return
  const error = { code: CODES[status] ?? 'no_answer', message: '', details: {} }
  throw refusal({ error, detail: '' }, status, response.getHeader('Retry-After') ?? null)
}

/** After which a look at where it stands helps at once. */
const HEALED_BY_LOOKING = new Set(['wrong_offset', 'upload_not_found'])

function isWorthwhile({ causingError, originalRequest, originalResponse: response }: DetailedError): boolean {
  if (causingError instanceof ChatError || navigator.onLine === false) return false
  if (response === null || response.getStatus() < 400 || response.getStatus() >= 500) return true
  return (
    originalRequest.getMethod() === 'PATCH' &&
    HEALED_BY_LOOKING.has(bodyOf(response.getBody())?.error.code ?? '')
  )
}

async function asError(error: Error, key: string, file: File): Promise<ChatError> {
  const { causingError, originalResponse: response } =
    error instanceof DetailedError ? error : { causingError: error, originalResponse: null }
  if (response === null) return causingError instanceof ChatError ? causingError : whyUnsent(file)
  const body = bodyOf(response.getBody())
  if (body?.error.code === 'upload_taken_over') {
    othersUntil.set(key, Date.now() + AFTER_ANOTHER * 1000)
    return leftToOthers(AFTER_ANOTHER)
  }
  return refusal(body, response.getStatus(), response.getHeader('Retry-After') ?? null)
}

const leftToOthers = (retry_after: number): ChatError =>
  new ChatError({ code: 'upload_taken_over', message: '', details: { retry_after } })

function bodyOf(text: string): ErrorBody | undefined {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
