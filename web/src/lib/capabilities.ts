/**
 * What this browser offers on this address. On plain http:// to another computer a browser withholds
 * notifications, clipboard, service workers and more; this is the one place that asks.
 */
import { desktop } from './desktop'

export const isSecure = (): boolean => globalThis.isSecureContext === true

export type NotificationState = 'granted' | 'denied' | 'ask' | 'insecure' | 'unsupported'

export function notificationState(): NotificationState {
  if (desktop() !== undefined) return 'granted'
  if (!isSecure()) return 'insecure'
  if (!('Notification' in globalThis)) return 'unsupported'
  return Notification.permission === 'default' ? 'ask' : Notification.permission
}

/** A phone or tablet: Enter then breaks the line, and the send button sends. */
export const hasCoarsePointer = (): boolean => matchMedia('(pointer: coarse)').matches

export const prefersReducedMotion = (): boolean => matchMedia('(prefers-reduced-motion: reduce)').matches

export const isApple = (): boolean => /Mac|iPhone|iPad/.test(navigator.userAgent)

/** Falls back to a selected, hidden text field where the clipboard API is withheld. */
export async function copyText(text: string): Promise<boolean> {
  if (isSecure() && navigator.clipboard !== undefined) {
    return navigator.clipboard.writeText(text).then(
      () => true,
      () => false,
    )
  }
  const field = document.createElement('textarea')
  field.value = text
  field.style.position = 'fixed'
  field.style.opacity = '0'
  document.body.append(field)
  field.select()
  const isCopied = document.execCommand('copy')
  field.remove()
  return isCopied
}
