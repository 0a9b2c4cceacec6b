/** What the page that shows a code knows of its use. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { openBrowserAt } from '../../tests/browser'
import { ChatServer } from '../../tests/chatServer'
import { openApp } from '../../tests/openApp'

let server: ChatServer
let app: Awaited<ReturnType<typeof open>>

const open = () =>
  openApp(async () => ({
    deviceCode: await import('./deviceCode'),
  }))

const shown = () => app.deviceCode.useDeviceCode.getState()
const isUp = () => app.socket.useConnection.getState().isUp

async function loseConnection() {
  server.cut()
  await vi.waitFor(() => expect(isUp()).toBe(false))
}

beforeEach(async () => {
  server = new ChatServer()
  openBrowserAt(await server.listen())
  app = await open()
  await app.deviceCode.showCode()
})

afterEach(async () => {
  app.socket.disconnect()
  await server.close()
})

test('the device that used the code is named at once', async () => {
  expect(shown()).toMatchObject({ code: { code: 'K7QF-3M2P' }, usedBy: null })
  server.tell('device_signed_in', { device: 'Firefox, Android', address: '192.168.1.9' })
  await vi.waitFor(() => expect(shown().usedBy).toBe('Firefox, Android'))
})

test('a page that was asleep meanwhile finds out on its return', async () => {
  await loseConnection()
  server.codeIsOpen = false
  await vi.waitFor(() => expect(shown().usedBy).toBe(''), { timeout: 5_000 })
})

test('a return changes nothing while the code waits, nor after it was put away', async () => {
  await loseConnection()
  await vi.waitFor(() => expect(isUp()).toBe(true), { timeout: 5_000 })
  expect(shown()).toMatchObject({ code: { code: 'K7QF-3M2P' }, usedBy: null })
  app.deviceCode.hideCode()
  server.tell('device_signed_in', { device: 'Firefox, Android', address: '192.168.1.9' })
  server.codeIsOpen = false
  await loseConnection()
  await vi.waitFor(() => expect(isUp()).toBe(true), { timeout: 5_000 })
  expect(shown()).toMatchObject({ code: null, usedBy: null })
})
