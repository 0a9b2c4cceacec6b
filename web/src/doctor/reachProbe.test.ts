/** What a device does for the doctor. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { knock } from './reachProbe'

const REQUEST = {
  code: 'c0de',
  places: ['lanchat.local', '192.168.1.5', 'fd77::1'],
  port: 8000,
  https_port: 8443,
}

let knocked: string[]
let open: number

beforeEach(() => {
  knocked = []
  open = 0
  vi.useFakeTimers()
  vi.stubGlobal(
    'WebSocket',
    class {
      constructor(url: string) {
        knocked.push(url)
        open += 1
      }
      close() {
        open -= 1
      }
    },
  )
})

afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

const openPageAt = (href: string) => vi.stubGlobal('location', new URL(href))

test('a device knocks at each address of the host, and does not wait for ever', () => {
  openPageAt('http://192.168.1.5:8000/rooms/1')
  knock(REQUEST)
  expect(knocked).toEqual([
    'ws://lanchat.local:8000/reach/c0de',
    'ws://192.168.1.5:8000/reach/c0de',
    'ws://[fd77::1]:8000/reach/c0de',
  ])
  expect(open).toBe(3)
  vi.runAllTimers()
  expect(open).toBe(0)
})

test('a page over HTTPS knocks by HTTPS, as its browser allows nothing else', () => {
  openPageAt('https://lanchat.local:8443/')
  knock(REQUEST)
  expect(knocked[0]).toBe('wss://lanchat.local:8443/reach/c0de')
})
