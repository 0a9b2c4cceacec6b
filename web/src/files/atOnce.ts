/** Sends a small file as the contract has it: a form of one request. */
import { type ErrorBody, headers, refusal } from '../lib/api'
import { cancelled } from '../lib/errors'
import type { Attachment } from '../lib/types'
import { whyUnsent } from './unsent'
import type { Progress } from './upload'

/** XMLHttpRequest, because fetch tells nothing about an upload's progress. */
export function send(
  file: File,
  onProgress: (progress: Progress) => void,
  signal: AbortSignal,
): Promise<Attachment> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open('POST', '/api/upload/')
    request.responseType = 'json'
    for (const [name, value] of Object.entries(headers())) request.setRequestHeader(name, value)
    request.upload.onprogress = (event) => onProgress({ sent: event.loaded, total: event.total })
    request.onload = () => {
      if (request.status === 201) return resolve(request.response as Attachment)
      const retryAfter = request.getResponseHeader('Retry-After')
      reject(refusal((request.response as ErrorBody | null) ?? undefined, request.status, retryAfter))
    }
    request.onerror = () => void whyUnsent(file).then(reject)
    request.onabort = () => reject(cancelled())
    signal.addEventListener('abort', () => request.abort())
    const form = new FormData()
    form.set('file', file)
    request.send(form)
  })
}
