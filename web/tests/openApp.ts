/** The client as a page holds it after signing in, without its pictures: for tests of what it keeps and tells. */
import { expect, vi } from 'vitest'

/**
 * Anew for each test, connected, and with its rooms. `parts` imports what the test looks at, before anything is heard.
 */
export async function openApp<Parts extends object>(parts: () => Promise<Parts>) {
  vi.resetModules()
  const looked = await parts()
  const socket = await import('../src/lib/socket')
  const rooms = await import('../src/rooms/store')
  const { startSession } = await import('../src/session')
  localStorage.setItem('lanchat.token', 'token')
  await startSession()
  await vi.waitFor(() => expect(rooms.useRooms.getState().isLoaded).toBe(true))
  await vi.waitFor(() => expect(socket.useConnection.getState().isUp).toBe(true))
  return { ...looked, socket, rooms }
}
