/** One error for every refusal of the server, over REST or the socket. */

export interface WireError {
  code: string
  message: string
  details?: Record<string, unknown>
}

export class ChatError extends Error {
  readonly code: string
  readonly details: Record<string, unknown>
  /** HTTP status; 0 for a refusal over the socket or when no answer came. */
  readonly status: number

  constructor(error: WireError, status = 0) {
    super(error.message)
    this.code = error.code
    this.details = error.details ?? {}
    this.status = status
  }

  /** The server could not be asked, or asks to come back later: the same request may succeed. */
  get isPassing(): boolean {
    return PASSING.has(this.code) || this.status === 502 || this.status === 504
  }

  /** Sentences for single form fields, where the server names them. */
  get fields(): Record<string, string> {
    const fields = this.details.fields
    return typeof fields === 'object' && fields !== null ? (fields as Record<string, string>) : {}
  }

  /** Seconds to wait before asking again, where the server says so. */
  get retryAfter(): number | null {
    const seconds = this.details.retry_after
    return typeof seconds === 'number' ? seconds : null
  }
}

const PASSING = new Set(['no_connection', 'no_answer', 'too_many', 'storage_busy', 'upload_taken_over'])

/** Nobody wants it any more: not a failure that anybody is told of. */
export const cancelled = (): ChatError => new ChatError({ code: 'cancelled', message: '' })

export function asChatError(reason: unknown): ChatError {
  return reason instanceof ChatError ? reason : new ChatError({ code: 'no_connection', message: '' })
}
