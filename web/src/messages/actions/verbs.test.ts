import { beforeEach, expect, test, vi } from 'vitest'
import { openBrowserAt } from '../../../tests/browser'
import { message } from '../../../tests/messages'

const MEMBER = { manage: false } as never

let whyNot: typeof import('./verbs').whyNot
let allow: (minutes: number) => void

beforeEach(async () => {
  openBrowserAt(9)
  vi.resetModules()
  whyNot = (await import('./verbs')).whyNot
  const { useServer } = await import('../../host/store')
  allow = (recall_minutes) => useServer.setState({ info: { recall_minutes } as never, clockAhead: 600_000 })
})

const saidAgo = (minutes: number) =>
  message(1, { timestamp: new Date(Date.now() + 600_000 - minutes * 60_000).toISOString() })

test('what was sent is taken back as long as the host allows, by its clock, and managers always may', () => {
  allow(60)
  expect(whyNot('delete', saidAgo(59), MEMBER)).toBeNull()
  expect(whyNot('delete', saidAgo(61), MEMBER)).not.toBeNull()
  expect(whyNot('delete', saidAgo(61), { manage: true } as never)).toBeNull()
  expect(whyNot('reply', saidAgo(61), MEMBER)).toBeNull()
  allow(0)
  expect(whyNot('delete', saidAgo(1), MEMBER)).not.toBeNull()
})
