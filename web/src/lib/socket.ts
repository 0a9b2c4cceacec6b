/** The one Socket.IO connection: typed events, acknowledged calls, and whether it is up. Only stores use it. */
import { io, type Socket } from 'socket.io-client'
import type { ClientEvents, ServerAnswers, ServerEvents } from '../contract'
import { ChatError, type WireError } from './errors'
import { currentLanguage } from './i18n'
import { deviceStore } from './stores'
import { whenWaking } from './wakeUp'

const ACK_TIMEOUT = 8_000 // ms
/** A server that does not answer within this, asked for nothing, is not at the other end any more. */
const PULSE_TIMEOUT = 2_500 // ms
const CONNECT_TIMEOUT = 10_000 // ms; into a network that swallows everything, an attempt never ends by itself

type Handlers = { [E in keyof ServerEvents]: (payload: ServerEvents[E]) => void }

export type SyncedRoom = ServerAnswers['sync']['rooms'][string]

/** What an acknowledgement carries besides `ok`; most carry nothing. */
type AckOf<E> = E extends keyof ServerAnswers ? ServerAnswers[E] : object

type Ack<T> = ({ ok: true } & T) | { ok: false; error: WireError }

/** `downSince` is a time in ms since 1970, null while connected; `farewell` is what the host said before it went. */
interface Connection {
  isUp: boolean
  downSince: number | null
  farewell: 'asleep' | 'stopped' | null
}

export const useConnection = deviceStore<Connection>({ isUp: false, downSince: null, farewell: null })

let socket: Socket | null = null
interface Handler {
  event: string
  handle: (payload: unknown) => void
}

const handlers: Handler[] = []
const upHandlers: (() => void)[] = []
let onRefused: () => void = () => {}
let stopWatching: () => void = () => {}

/** May be called before or after the connection is made: some stores load later than the login. */
export function on<E extends keyof ServerEvents>(event: E, handle: Handlers[E]): void {
  const handler: Handler = { event, handle: handle as Handler['handle'] }
  handlers.push(handler)
  socket?.on(handler.event, handler.handle)
}

/** Runs after every connection, the first and each return. */
export function onUp(handle: () => void): void {
  upHandlers.push(handle)
}

export function whenRefused(handle: () => void): void {
  onRefused = handle
}

export function connect(token: string): void {
  disconnect()
  useConnection.setState({ isUp: false, downSince: Date.now() })
  const opened = io({
    // Who is online comes as ids: names and faces are in the lists of members.
    auth: (give) => give({ token, language: currentLanguage(), presence: 'ids' }),
    reconnectionDelay: 500,
    reconnectionDelayMax: 5_000,
    timeout: CONNECT_TIMEOUT,
    tryAllTransports: true,
    transports: ['websocket', 'polling'],
  })
  socket = opened
  for (const { event, handle } of handlers) opened.on(event, handle)
  opened.on('connect', () => {
    useConnection.setState({ isUp: true, downSince: null, farewell: null })
    for (const handle of upHandlers) handle()
  })
  opened.on('server_stopping', ({ restart_expected }: Parameters<Handlers['server_stopping']>[0]) =>
    useConnection.setState({ farewell: restart_expected ? 'asleep' : 'stopped' }),
  )
  opened.on('disconnect', (reason) => {
    useConnection.setState({ isUp: false, downSince: Date.now() })
    // The library does not come back by itself when the server closed the connection.
    if (reason === 'io server disconnect') setTimeout(() => opened === socket && opened.connect(), 1_000)
  })
  opened.on('connect_error', (error: Error & { data?: WireError }) => {
    if (error.data?.code === 'not_authenticated') return onRefused()
    // Refused by the server (full, stopping): as above, trying again is ours.
    if (!opened.active) setTimeout(() => opened === socket && opened.connect(), 3_000)
  })
  stopWatching = whenWaking(() => void feelPulse())
}

let isFeeling = false

/** After a sleep the connection may look alive for most of a minute, until pings are missed: ask, and replace it. */
async function feelPulse(): Promise<void> {
  const felt = socket
  if (felt === null || isFeeling) return
  if (!felt.connected) return reconnect()
  isFeeling = true
  const isAlive = await felt
    .timeout(PULSE_TIMEOUT)
    .emitWithAck('sync', { rooms: {} })
    .then(Boolean, () => false)
  isFeeling = false
  if (!isAlive && felt === socket && felt.connected) reconnect()
}

/** A fresh connection in place of the present one; nothing without a session. */
export function reconnect(): void {
  socket?.disconnect().connect()
}

export function disconnect(): void {
  stopWatching()
  socket?.removeAllListeners()
  socket?.disconnect()
  socket = null
  useConnection.setState({ isUp: false, downSince: null })
}

/** Asks and waits for the acknowledgement; throws ChatError on refusal, silence or no connection. */
export async function ask<E extends keyof ClientEvents>(
  event: E,
  payload: ClientEvents[E],
): Promise<AckOf<E>> {
  if (socket === null || !socket.connected) throw new ChatError({ code: 'no_connection', message: '' })
  let ack: Ack<AckOf<E>>
  try {
    ack = (await socket.timeout(ACK_TIMEOUT).emitWithAck(event, payload)) as Ack<AckOf<E>>
  } catch {
    if (socket?.connected) void feelPulse()
    throw new ChatError({ code: 'no_answer', message: '' })
  }
  if (!ack.ok) throw new ChatError(ack.error)
  return ack
}

/** For what is worthless a moment later, such as typing: no answer awaited; false when there is no connection. */
export function tell<E extends keyof ClientEvents>(event: E, payload: ClientEvents[E]): boolean {
  if (!socket?.connected) return false
  socket.volatile.emit(event, payload)
  return true
}
