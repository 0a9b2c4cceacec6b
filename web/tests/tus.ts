/** A tus endpoint for tests of uploads, as XMLHttpRequest and fetch find it, with what can go wrong there. */
import { vi } from 'vitest'

const PATH = '/api/upload/resumable/'

interface Asked {
  method: string
  url: string
  headers: Record<string, string>
  size: number
}

interface Told {
  status: number
  headers?: Record<string, string>
  body?: object
}

/** `'cut'`: no answer, and half of what was to come has arrived. `'hang'`: nothing until it is given up. */
type Fault = Told | 'cut' | 'hang'

export const refused = (status: number, code: string): Told => ({
  status,
  body: { error: { code, message: '', details: {} }, detail: '' },
})

export class Tus {
  /** Methods in the order in which they were asked for. */
  readonly asked: string[] = []
  readonly tokens: (string | undefined)[] = []
  readonly uploads = new Map<string, { length: number; offset: number }>()
  /** Each fault happens once, to the next request of its method. */
  readonly faults: [method: string, fault: Fault][] = []

  constructor() {
    const here = () => this
    class Requesting extends FakeRequest {
      constructor() {
        super(here())
      }
    }
    vi.stubGlobal('XMLHttpRequest', Requesting)
    vi.stubGlobal('fetch', async (request: Request) => {
      const asked = { method: request.method, url: new URL(request.url).pathname, headers: {}, size: 0 }
      const told = this.answer(asked)
      if (told === null) throw new TypeError('fetch failed')
      return Response.json(told.body ?? {}, { status: told.status })
    })
  }

  count(method: string): number {
    return this.asked.filter((each) => each === method).length
  }

  /** Null where none comes. */
  answer({ method, url, headers, size }: Asked): Told | null {
    this.asked.push(method)
    this.tokens.push(headers.Authorization)
    const name = url.split('/').at(-1) ?? ''
    const found = this.uploads.get(name)
    const fault = this.fault(method)
    if (fault === 'cut' && found !== undefined) found.offset += Math.floor(size / 2)
    if (fault === 'cut' || fault === 'hang') return null
    if (fault !== null) return fault
    if (method === 'POST') return this.begin(Number(headers['Upload-Length']))
    if (found === undefined) return refused(404, 'upload_not_found')
    if (method === 'PATCH') found.offset += size
    if (method === 'DELETE') this.uploads.delete(name)
    const state = { 'Upload-Offset': `${found.offset}`, 'Upload-Length': `${found.length}` }
    if (method === 'GET') return { status: 200, body: { file_path: `/files/${name}` } }
    return { status: method === 'HEAD' ? 200 : 204, headers: state }
  }

  private fault(method: string): Fault | null {
    const index = this.faults.findIndex(([each]) => each === method)
    if (index < 0) return null
    return this.faults.splice(index, 1)[0]?.[1] ?? null
  }

  private begin(length: number): Told {
    const name = `upload${this.uploads.size + 1}`
    this.uploads.set(name, { length, offset: 0 })
    return { status: 201, headers: { Location: PATH + name } }
  }
}

class FakeRequest {
  status = 0
  responseText = ''
  response: object | null = null
  onload = () => {}
  onerror = (_: unknown) => {}
  onabort = () => {}
  upload: { onprogress?: (event: object) => void } = {}
  private isOver = false
  private told: Told | null = null
  private readonly asked: Asked = { method: '', url: '', headers: {}, size: 0 }

  constructor(private readonly endpoint: Tus) {}

  open(method: string, url: string): void {
    Object.assign(this.asked, { method, url })
  }

  setRequestHeader(name: string, value: string): void {
    this.asked.headers[name] = value
  }

  getResponseHeader(name: string): string | null {
    return this.told?.headers?.[name] ?? null
  }

  send(body: Blob | null): void {
    this.asked.size = body?.size ?? 0
    const isHanging = this.endpoint.faults.some(
      ([method, fault]) => method === this.asked.method && fault === 'hang',
    )
    this.told = this.endpoint.answer(this.asked)
    this.status = this.told?.status ?? 0
    this.response = this.told?.body ?? null
    this.responseText = this.asked.method === 'HEAD' ? '' : JSON.stringify(this.response)
    if (isHanging) return
    setTimeout(() => {
      if (this.isOver) return
      if (this.told === null) this.onerror(new Event('error'))
      else this.onload()
    })
  }

  abort(): void {
    this.isOver = true
    this.onabort()
  }
}
