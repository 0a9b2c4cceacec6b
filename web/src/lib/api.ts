/** The one REST client: token, language, one error shape. Only stores call it. */
import createClient from 'openapi-fetch'
import type { components, paths } from '../contract'
import { within } from './abortAfter'
import { ChatError } from './errors'
import { currentLanguage } from './i18n'
import { watchSession } from './stores'

export type ErrorBody = components['schemas']['Error']

let token: string | null = null
let onUnauthorised: () => void = () => {}

export function setToken(next: string | null): void {
  token = next
}

/** Called when the server no longer knows our session, whichever request found out. */
export function whenUnauthorised(handler: () => void): void {
  onUnauthorised = handler
}

/** Of every request: the language, and who asks. */
export function headers(): Record<string, string> {
  const common = { 'Accept-Language': currentLanguage() }
  return token === null ? common : { ...common, Authorization: `Bearer ${token}` }
}

/** Why a request was refused, which every part of the page hears of that has to. */
export function refusal(body: ErrorBody | undefined, status: number, retryAfter: string | null): ChatError {
  const failure = toError(body, status, retryAfter)
  if (failure.code === 'not_authenticated') onUnauthorised()
  return failure
}

function toError(body: ErrorBody | undefined, status: number, retryAfter: string | null): ChatError {
  const error = body?.error ?? { code: 'no_answer', message: '', details: {} }
  const details: Record<string, unknown> = { ...error.details }
  if (retryAfter !== null) details.retry_after ??= Number(retryAfter)
  return new ChatError({ code: error.code, message: error.message, details }, status)
}

/** A kept connection to where the host was before its address changed swallows requests for minutes. */
const READ_TIMEOUT = 10_000 // ms

export const api = createClient<paths>({ baseUrl: location.origin })

api.use({
  onRequest({ request }) {
    for (const [name, value] of Object.entries(headers())) request.headers.set(name, value)
    return request.method === 'GET' ? new Request(request, { signal: within(READ_TIMEOUT) }) : request
  },
  onError: () => new ChatError({ code: 'no_connection', message: '' }),
})

/** Resolves with the body of a success, else throws ChatError: also when its session has ended meanwhile. */
export async function answer<T>(
  request: Promise<{ data?: T; error?: ErrorBody; response: Response }>,
): Promise<NonNullable<T>> {
  const isOver = watchSession()
  const { data, error, response } = await request
  // What the last person asked for is not for the next.
  if (isOver()) throw new ChatError({ code: 'session_over', message: '' })
  if (data !== undefined && data !== null) return data
  throw refusal(error, response.status, response.headers.get('Retry-After'))
}

/** A file's content, for a browser that keeps no cookies and so can't load it by its address. */
export async function fileContent(path: string): Promise<Blob> {
  const isOver = watchSession()
  const response = await fetch(path, { headers: headers() })
  if (!response.ok || isOver()) throw new ChatError({ code: 'no_answer', message: '' }, response.status)
  return response.blob()
}
