/** The code of the link that was opened: kept for this tab, and out of the address. */
import { keptForTab } from '../lib/storage'

const KEY = 'lanchat.invite'
/** The code whose invitation the visitor answered by giving a name. */
const ACCEPTED = 'lanchat.inviteAccepted'

/** Also after logging in or a reload. */
export const inviteCode = (): string => location.hash.slice(1) || (keptForTab.get(KEY) ?? '')

/** Out of the address, where it would let in whoever reads it. */
export function keepInviteCode(code: string): void {
  keptForTab.set(KEY, code)
  // The login's pages lead to wherever `next` says.
  if (location.hash !== '') history.replaceState(null, '', '/join?next=/join')
}

export function acceptInvite(code: string): void {
  keptForTab.set(ACCEPTED, code)
}

export const isAccepted = (code: string): boolean => code !== '' && keptForTab.get(ACCEPTED) === code

export function forgetInviteCode(): void {
  keptForTab.set(KEY, null)
  keptForTab.set(ACCEPTED, null)
}
