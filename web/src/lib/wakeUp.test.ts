/** A device that slept: what its connections are worth, and how soon the page is back. */
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { openBrowserAt } from '../../tests/browser'
import { ChatServer } from '../../tests/chatServer'

/** A network between client and server that can forget its connections, as one does that a device slept away from. */
class Network {
  made = 0
  private readonly forgotten = new Set<Socket>()
  private readonly alive = new Set<Socket>()
  private readonly server: Server

  constructor(port: number) {
    this.server = createServer((near) => {
      this.made += 1
      const far = connect(port, '127.0.0.1')
      this.join(near, far)
      this.join(far, near)
    })
  }

  async listen(): Promise<number> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve))
    return (this.server.address() as AddressInfo).port
  }

  /** Nothing gets through any more, and nobody is told. */
  forget(): void {
    for (const socket of this.alive) this.forgotten.add(socket)
  }

  close(): void {
    this.server.close()
    for (const socket of this.alive) socket.destroy()
  }

  private join(from: Socket, to: Socket): void {
    this.alive.add(from)
    from.on('data', (data) => this.forgotten.has(from) || to.write(data))
    from.on('error', () => undefined)
    from.on('close', () => {
      this.alive.delete(from)
      if (!this.forgotten.has(from)) to.destroy()
    })
  }
}

let server: ChatServer
let network: Network
let socket: typeof import('./socket')

beforeEach(async () => {
  server = new ChatServer()
  network = new Network(await server.listen())
  openBrowserAt(await network.listen())
  vi.resetModules()
  socket = await import('./socket')
  socket.connect('token')
  await vi.waitFor(() => expect(isUp()).toBe(true))
})

afterEach(async () => {
  vi.useRealTimers()
  socket.disconnect()
  network.close()
  await server.close()
})

const isUp = () => socket.useConnection.getState().isUp

test('a connection that died meanwhile is replaced within seconds of waking', async () => {
  const made = network.made
  const up = vi.fn()
  socket.onUp(up)
  network.forget()
  dispatchEvent(new Event('visibilitychange'))
  await vi.waitFor(() => expect(up).toHaveBeenCalledOnce(), { timeout: 5_000 })
  expect(isUp()).toBe(true)
  expect(network.made).toBeGreaterThan(made)
  await socket.ask('sync', { rooms: {} })
})

test('a connection that lives is asked, and kept', async () => {
  const made = network.made
  const down = vi.fn()
  socket.useConnection.subscribe((state) => state.isUp || down())
  dispatchEvent(new Event('visibilitychange'))
  dispatchEvent(new Event('focus'))
  await vi.waitFor(() => expect(server.pulses).toBe(1))
  await socket.ask('sync', { rooms: {} })
  expect(down).not.toHaveBeenCalled()
  expect(network.made).toBe(made)
})

test('a clock that ran on without the page tells of a sleep', async () => {
  const { whenWaking } = await import('./wakeUp')
  vi.useFakeTimers()
  const woke = vi.fn()
  const stop = whenWaking(woke)
  vi.advanceTimersByTime(60_000)
  expect(woke).not.toHaveBeenCalled()
  vi.setSystemTime(Date.now() + 60_000)
  vi.advanceTimersByTime(6_000)
  expect(woke).toHaveBeenCalledOnce()
  stop()
})

test('every sign of waking counts, once for a flock of them, and none while the page is out of sight', async () => {
  const { whenWaking } = await import('./wakeUp')
  vi.useFakeTimers()
  const woke = vi.fn()
  const stop = whenWaking(woke)
  for (const sign of ['online', 'pageshow', 'resume', 'focus', 'visibilitychange']) {
    woke.mockClear()
    dispatchEvent(new Event(sign))
    dispatchEvent(new Event('focus'))
    vi.advanceTimersByTime(1_000)
    expect(woke, sign).toHaveBeenCalledOnce()
  }
  woke.mockClear()
  vi.stubGlobal('document', { visibilityState: 'hidden' })
  dispatchEvent(new Event('visibilitychange'))
  vi.advanceTimersByTime(1_000)
  expect(woke).not.toHaveBeenCalled()
  stop()
})
