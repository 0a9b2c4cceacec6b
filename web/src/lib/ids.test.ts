import { expect, test } from 'vitest'
import { newClientId } from './ids'

test('client ids have the shape that the server takes, and do not repeat', () => {
  const ids = Array.from({ length: 500 }, newClientId)
  expect(ids.every((id) => /^[A-Za-z0-9_-]{1,64}$/.test(id))).toBe(true)
  expect(new Set(ids).size).toBe(500)
})
