/** What happens at sign-in, at every connection and at sign-out; the one module that knows every store. */

import { expireSession, restoreSession, useAccount } from './accounts/store'
import { clearUploads } from './files/store'
import { noteAddresses } from './host/fallbackAddresses'
import { loadServer } from './host/store'
import { whenLanguageChanges } from './lib/i18n'
import { connect, disconnect, on, onUp, reconnect, useConnection, whenRefused } from './lib/socket'
import { clearReceipts } from './messages/state/receipts'
import { clearSending, loadOutbox, sendAll } from './messages/state/sending'
import { clearTimelines, resume } from './messages/state/timelines'
import { clearPresence } from './presence/store'
import { loadDrafts } from './rooms/drafts'
import { clearReading } from './rooms/readState'
import { clearRooms } from './rooms/store'

/** Throws ChatError when the server cannot be reached. */
export async function startSession(): Promise<void> {
  await loadServer()
  await restoreSession()
}

const TRY_AGAIN_AFTER = 3_000 // ms

async function enter(token: string): Promise<void> {
  loadDrafts()
  await loadOutbox()
  connect(token)
}

function leave(): void {
  disconnect()
  clearTimelines()
  clearReceipts()
  clearSending()
  clearUploads()
  clearPresence()
  clearRooms()
  clearReading()
}

async function afterConnecting(): Promise<void> {
  await Promise.all([loadServer(), resume()])
  sendAll()
  noteAddresses()
}

useAccount.subscribe((now, before) => {
  if (now.token === before.token) return
  if (before.token !== null) leave()
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
on('try_addresses', (request) => void import('./doctor/reachProbe').then(({ callBack }) => callBack(request)))
// The server speaks the language that a connection was made with.
whenLanguageChanges(reconnect)
