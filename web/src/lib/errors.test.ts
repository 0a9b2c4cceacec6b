import { expect, test } from 'vitest'
import { ChatError } from './errors'
import { errorText } from './errorText'

test('only what may succeed later is tried again', () => {
  const isPassing = (code: string, status = 0) => new ChatError({ code, message: '' }, status).isPassing
  expect(isPassing('no_connection')).toBe(true)
  expect(isPassing('too_many', 429)).toBe(true)
  expect(isPassing('muted')).toBe(false)
  expect(isPassing('storage_full', 507)).toBe(false)
})

test('a refusal says why and until when, where it has an end', () => {
  const told = (details: Record<string, unknown>) => errorText({ code: 'banned', message: 'No.', details })
  expect(told({ reason: 'spam', until: '2031-01-01T00:00:00Z' })).toBe('No. error.reason error.until')
  expect(told({ reason: null, until: null })).toBe('No.')
  expect(told({ until: '9999-12-31T23:59:59Z' })).toBe('No.')
  expect(told({ reason: 'name: too long', fields: { name: 'too long' } })).toBe('No.')
})
