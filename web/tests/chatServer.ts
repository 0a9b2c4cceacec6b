/** A chat server for tests: real HTTP and Socket.IO on a free port, with one room and the faults of a network. */
import { createServer, type Server as HttpServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Server, type Socket } from 'socket.io'
import type { ServerEvents } from '../src/contract'
import type { ChatRoom, DirectMember, Message } from '../src/lib/types'

export const ROOM = 7
export const ME = 1
export const OTHER = 2
export const NOTES = 70

interface Draft {
  room_id: number
  content: string
  client_id?: string
}

type Ack = (answer: object) => void

/** An event about a message, as it is told. */
export type Told = ['new_message' | 'message_updated', Message]

export class ChatServer {
  messages: Message[] = []
  /** Every send_message that arrived, repeats as well. */
  readonly received: Draft[] = []
  readonly marks: number[] = []
  readonly delivered: number[] = []
  /** How often a client asked for nothing, to hear whether we are there. */
  pulses = 0
  /** How often one asked for what it may have missed. */
  syncs = 0
  epoch = 'one'
  /** Another one is another host. */
  installation = 'here'
  preferences = { show_read_receipts: true, dnd_from: null, dnd_until: null, dnd_zone: null }
  losesAcks = false
  /** Whether nobody has used my code for a further device yet. */
  codeIsOpen = true
  /** Whether I am one, who is gone after signing out. */
  isGuest = false
  echoesFirst = false
  /** Answers to this path are made at once, as a slow network's are, and leave when the test lets them. */
  delays: string | null = null
  readonly delayed: (() => void)[] = []
  /** The same of several paths, each with the last answer to it. */
  readonly holds = new Set<string>()
  readonly held = new Map<string, () => void>()
  /** My notes to myself, once there is a room for them. */
  notes: ChatRoom | null = null
  /** What was searched for, and what is answered: a page, or a refusal. */
  readonly searches: URLSearchParams[] = []
  /** Paths that were asked for, in their order. */
  readonly asked: string[] = []
  finds: (query: URLSearchParams) => object = () => ({ hits: [], next_cursor: null })
  /** Of the room; the directory is closed. */
  members: { id: number; username: string; display_name: string | null; initials: string | null }[] = []
  /** Whom I blocked. */
  blocked: { id: number }[] = []
  refusal: { code: string; message: string; details?: object } | null = null
  private readonly http: HttpServer
  private readonly io: Server

  constructor() {
    this.http = createServer((request, response) => this.answer(request, response))
    this.io = new Server(this.http)
    this.io.on('connection', (socket) => this.welcome(socket))
  }

  async listen(): Promise<number> {
    await new Promise<void>((resolve) => this.http.listen(0, '127.0.0.1', resolve))
    return (this.http.address() as AddressInfo).port
  }

  /** Cuts every connection, as a network does. */
  cut(): void {
    for (const socket of this.io.sockets.sockets.values()) socket.conn.close()
  }

  /** Says what it is about to do, and disconnects everybody. */
  leave(farewell: { restart_expected: boolean }): void {
    this.io.emit('server_stopping', farewell)
    this.io.disconnectSockets()
  }

  async close(): Promise<void> {
    await this.io.close()
  }

  /** Somebody else says something; `isHeard: false` while nobody is connected, or to lose an event. */
  say(content: string, { isHeard = true, userId = OTHER, callsMe = false } = {}): Message {
    const message = this.append({ room_id: ROOM, content }, userId)
    if (callsMe) message.mentions = [ME]
    if (isHeard) this.io.emit('new_message', message)
    return message
  }

  /** Its author changes what a message says. */
  edit(message: Message, content: string, { isHeard = true } = {}): Told {
    return this.change(message, { content, edited_at: new Date(1_800_000_000_000).toISOString() }, isHeard)
  }

  /** Its author changes whom a message calls. */
  editCall(message: Message, callsMe: boolean): Told {
    return this.change(message, { content: 'anew', mentions: callsMe ? [ME] : [] }, true)
  }

  /** Its author takes a message back. */
  recall(message: Message, { isHeard = true } = {}): Told {
    return this.change(message, { content: '', is_deleted: true, mentions: [] }, isHeard)
  }

  private change({ id }: Message, edit: Partial<Message>, isHeard: boolean): Told {
    const changed_seq = this.counter + 1
    this.messages = this.messages.map((m) => (m.id === id ? { ...m, ...edit, changed_seq } : m))
    const told: Told = ['message_updated', this.messages.find((m) => m.id === id) as Message]
    if (isHeard) this.io.emit(...told)
    return told
  }

  /** The number of the room's last change. */
  get counter(): number {
    return this.messages.reduce((last, { changed_seq }) => Math.max(last, changed_seq), 0)
  }

  /** How many messages of others I haven't read. */
  unread(): number {
    return Math.min(100, this.messages.filter((m) => this.isUnread(m)).length)
  }

  private isUnread({ user_id, seq, is_deleted }: Message): boolean {
    return user_id !== ME && seq > (this.marks.at(-1) ?? 0) && !is_deleted
  }

  private callsMe({ mentions, mentions_all }: Message): boolean {
    return mentions_all || mentions.includes(ME)
  }

  /** How far others have come, as the server tells the room. */
  tellReceipts(delivered: number, seen: number): void {
    const reached = (seq: number) => [{ user_id: OTHER, seq }]
    this.io.emit('receipts_update', { room_id: ROOM, delivered: reached(delivered), seen: reached(seen) })
  }

  tell(event: keyof ServerEvents | Told[0], payload: object): void {
    this.io.emit(event, payload)
  }

  private append({ room_id, content, client_id = '' }: Draft, user_id: number): Message {
    const repeated = this.messages.find((m) => client_id !== '' && m.client_id === client_id)
    if (repeated !== undefined) return repeated
    const seq = this.counter + 1
    const message: Message = {
      ...{ id: 100 + seq, seq, changed_seq: seq, room_id, content, user_id },
      ...{
        is_guest: false,
        username: user_id === ME ? 'me' : 'other',
        client_id: client_id || null,
        message_type: 'text' as const,
      },
      ...{ timestamp: new Date(1_700_000_000_000 + seq * 1000).toISOString(), is_deleted: false },
      ...{
        attachment: null,
        attachments: [],
        forwarded_from: null,
        reply_to_id: null,
        display_name: null,
        avatar_url: null,
        edited_at: null,
      },
      system: null,
      ...{
        deleted_by: null,
        pinned_at: null,
        reactions: [],
        mentions: [],
        mentions_all: false,
        reply_to: null,
        thread_id: null,
        reply_count: 0,
      },
    }
    this.messages.push(message)
    return message
  }

  private welcome(socket: Socket): void {
    socket.on('send_message', (draft: Draft, ack: Ack) => this.send(socket, draft, ack))
    socket.on('mark_read', ({ seq }: { seq: number }) => this.marks.push(seq))
    socket.on('mark_delivered', ({ seq }: { seq: number }) => this.delivered.push(seq))
    socket.on('sync', ({ rooms }: { rooms: Record<string, number> }, ack: Ack) => {
      if (Object.keys(rooms).length === 0) this.pulses += 1
      this.syncs += 1
      const entries = Object.entries(rooms).map(([id, from]) => [id, this.page(from)])
      ack({ ok: true, epoch: this.epoch, rooms: Object.fromEntries(entries) })
    })
  }

  /** Two at a time, so that paging is always exercised. */
  private page(from: number) {
    const later = this.messages
      .filter((message) => message.changed_seq > from)
      .sort((a, b) => a.changed_seq - b.changed_seq)
    const messages = later.slice(0, 2)
    const has_more = later.length > messages.length
    return { messages, last_seq: has_more ? messages.at(-1)?.changed_seq : this.counter, has_more }
  }

  private send(socket: Socket, draft: Draft, ack: Ack): void {
    this.received.push(draft)
    if (this.refusal !== null) {
      ack({ ok: false, error: this.refusal })
      return
    }
    const before = this.messages.length
    const message = this.append(draft, ME)
    const echo = () => this.messages.length > before && this.io.emit('new_message', message)
    if (this.echoesFirst) echo()
    if (this.losesAcks) {
      this.losesAcks = false
      socket.conn.close()
      return
    }
    ack({ ok: true, message })
    if (!this.echoesFirst) echo()
  }

  private room(): ChatRoom {
    const last_seq = this.counter
    return {
      ...{
        id: ROOM,
        name: 'Room',
        initials: null,
        description: '',
        is_private: false,
        created_at: '2024-01-01T00:00:00Z',
        created_by: OTHER,
      },
      ...{ member_count: 2, online_count: 1, role: 'member' as const, kind: 'room' as const },
      picture_url: null,
      ...{ last_seq, last_read_seq: this.marks.at(-1) ?? 0 },
      ...{
        archived: false,
        members: null,
        posting: 'everyone' as const,
        slow_mode: 0,
        history: 'everyone' as const,
        muted_until: null,
        notifications: { level: 'all' as const, muted_until: null },
      },
      can: {
        speak: true,
        react: true,
        manage: false,
        rename: false,
        add: true,
        end_links: false,
        assign: false,
        archive: false,
        transfer: false,
        invite: true,
        pin: false,
        mention_all: true,
        call: true,
        delete: false,
      },
    }
  }

  private answer(request: IncomingMessage, response: ServerResponse): void {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://test')
    this.asked.push(pathname)
    const body = this.rest(pathname, searchParams)
    const leave = () => {
      const status = body === undefined ? 404 : 'error' in body ? 429 : 200
      response.writeHead(status, { 'Content-Type': 'application/json' })
      response.end(JSON.stringify(body ?? { error: { code: 'not_found', message: '' }, detail: '' }))
    }
    if (this.holds.has(pathname)) this.held.set(pathname, leave)
    else if (this.delays === pathname) this.delayed.push(leave)
    else leave()
  }

  private rest(path: string, query: URLSearchParams): object | undefined {
    if (path === '/api/info')
      return { version: '1', installation_id: this.installation, max_message_chars: 10_000 }
    if (path === '/api/auth/me')
      return { id: ME, username: 'me', is_guest: this.isGuest, preferences: this.preferences }
    if (path === '/api/users/blocked') return { users: this.blocked, next_cursor: null }
    if (path === '/api/users/') return { error: { code: 'forbidden', message: '' }, detail: '' }
    if (path === `/api/rooms/${ROOM}/members`) return { members: this.members, total: this.members.length }
    if (path === '/api/auth/logout') return { message: '' }
    if (path === '/api/auth/sessions') return { sessions: [{ id: 1, user_agent: 'Firefox' }] }
    if (path === '/api/auth/device-code')
      return {
        code: 'K7QF-3M2P',
        path: '/device#K7QF-3M2P',
        lasts: 300,
        addresses: [],
        is_open: this.codeIsOpen,
      }
    if (path === '/api/direct/') {
      const me = { id: ME, username: 'me', display_name: null, is_gone: false } as DirectMember
      const facts = { id: NOTES, name: 'me', kind: 'direct' as const, members: [me], is_private: true }
      this.notes = { ...this.room(), ...facts, last_seq: 0, last_read_seq: 0 }
      return this.notes
    }
    if (path === '/api/rooms/') {
      const user_rooms = [this.room(), ...(this.notes === null ? [] : [this.notes])]
      return { archived_rooms: [], user_rooms, available_rooms: [] }
    }
    if (path === '/api/messages/overview') {
      const last_message = this.messages.at(-1) ?? null
      const [unread_count, last_seq] = [this.unread(), this.counter]
      const mention_count = this.messages.filter((m) => this.isUnread(m) && this.callsMe(m)).length
      const first_unread_seq = this.messages.find((m) => this.isUnread(m))?.seq ?? null
      const receipts = { room_id: ROOM, delivered: [], seen: [] }
      return {
        rooms: [
          { room_id: ROOM, last_seq, unread_count, mention_count, first_unread_seq, last_message, receipts },
        ],
      }
    }
    if (path === '/api/search/') {
      this.searches.push(query)
      return this.finds(query)
    }
    if (path !== `/api/messages/${ROOM}`) return undefined
    const before = Number(query.get('before_seq') ?? Number.POSITIVE_INFINITY)
    const earlier = this.messages.filter((message) => message.seq < before)
    const messages = earlier.slice(-Number(query.get('limit')))
    return { messages, has_more: earlier.length > messages.length, last_seq: this.counter }
  }
}
