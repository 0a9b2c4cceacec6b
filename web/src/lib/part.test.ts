import { beforeEach, expect, test, vi } from 'vitest'
import { openBrowserAt } from '../../tests/browser'
import { ChatError } from './errors'
import { part } from './part'

beforeEach(() => openBrowserAt(9))

const missing = () => Promise.reject(new TypeError('Failed to fetch dynamically imported module'))
const hostIs = (isThere: boolean) =>
  vi.stubGlobal('fetch', async () => {
    if (!isThere) throw new TypeError('Failed to fetch')
    return new Response()
  })

test.each([
  [true, 'part_missing', false, 2],
  [false, 'no_connection', true, 1],
])(
  'a part that does not load, where the host answers: %s, is told as %s',
  async (isThere, code, isPassing, times) => {
    hostIs(isThere)
    const load = vi.fn(missing)
    const error = await part(load).catch((reason: unknown) => reason)
    expect(error).toBeInstanceOf(ChatError)
    expect(error).toMatchObject({ code, isPassing })
    expect(load).toHaveBeenCalledTimes(times)
  },
)

test('a moment without connection costs nothing', async () => {
  hostIs(true)
  const load = vi.fn(async () => 'here').mockImplementationOnce(missing)
  expect(await part(load)).toBe('here')
})
