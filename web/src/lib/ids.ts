/** Makes client ids. `crypto.randomUUID` is absent on plain http, `getRandomValues` is not. */

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'

/** 126 random bits as 21 characters of [A-Za-z0-9_-]. */
export function newClientId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(21))
  return Array.from(bytes, (byte) => ALPHABET[byte & 63]).join('')
}
