import { expect, test } from 'vitest'
import { ChatError } from './errors'

test('only what may succeed later is tried again', () => {
  const isPassing = (code: string, status = 0) => new ChatError({ code, message: '' }, status).isPassing
  expect(isPassing('no_connection')).toBe(true)
  expect(isPassing('too_many', 429)).toBe(true)
  expect(isPassing('muted')).toBe(false)
  expect(isPassing('storage_full', 507)).toBe(false)
})
