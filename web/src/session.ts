/** What happens at sign-in, at every connection and at sign-out. */
import { ownerOf } from './accounts/owner'
import { expireSession, restoreSession, useAccount } from './accounts/store'
import { forgetOldTraces, forgetTraces } from './files/traces'
import { noteAddresses } from './host/fallbackAddresses'
import { loadServer } from './host/store'
import { whenLanguageChanges } from './lib/i18n'
import { connect, disconnect, on, onUp, reconnect, useConnection, whenRefused } from './lib/socket'
import { endSession } from './lib/stores'
import type { OwnUser } from './lib/types'
import { forgetUnsent } from './messages/state/kept'
import { resume } from './messages/state/resume'
import { loadOutbox, sendAll } from './messages/state/sending'
import { loadBlocked } from './rooms/blocks'
import { forgetDrafts, loadDrafts } from './rooms/drafts'
import { loadRooms } from './rooms/store'

/** Throws ChatError when the server cannot be reached. */
export async function startSession(): Promise<void> {
  await loadServer()
  await restoreSession()
}

const TRY_AGAIN_AFTER = 3_000 // ms

async function enter(token: string): Promise<void> {
  loadDrafts()
  forgetOldTraces()
  // Of an earlier page nothing is known then; that is no reason to keep this one from the chat.
  await loadOutbox().catch(() => undefined)
  // Who signed out meanwhile must not come back by an old token, in place of whoever came next.
  if (useAccount.getState().token === token) connect(token)
}

function leave(): void {
  disconnect()
  endSession()
}

/** Who has left for good can't come back to it; an account finds its drafts and unsent messages at the next login. */
function forgetFor(gone: OwnUser): void {
  const owner = ownerOf(gone)
  forgetDrafts(owner)
  forgetTraces(owner)
  void forgetUnsent(owner).catch(() => undefined)
}

async function afterConnecting(): Promise<void> {
  await Promise.all([loadServer(), loadBlocked(), resume()])
  sendAll()
  noteAddresses()
}

useAccount.subscribe((now, before) => {
  // An administrator may do more in each room; without an answer it is told at the next connection.
  if (now.user?.id === before.user?.id && now.user?.is_admin !== before.user?.is_admin)
    void loadRooms().catch(() => undefined)
  if (now.token === before.token) return
  if (before.token !== null) leave()
  const isGone = now.notice === 'deleted' || (before.user?.is_guest && now.notice === null)
  if (isGone && before.user !== null && now.user?.id !== before.user.id) forgetFor(before.user)
  if (now.token !== null) void enter(now.token)
})

/** A failure mostly means that the connection is gone again, whose return runs this anew; else a request was lost. */
function catchUpWithAll(): void {
  afterConnecting().catch(() => {
    setTimeout(() => useConnection.getState().isUp && catchUpWithAll(), TRY_AGAIN_AFTER)
  })
}

onUp(catchUpWithAll)
whenRefused(expireSession)
on('session_revoked', expireSession)
on('try_addresses', (request) => void import('./doctor/reachProbe').then(({ knock }) => knock(request)))
// The server speaks the language that a connection was made with.
whenLanguageChanges(reconnect)
