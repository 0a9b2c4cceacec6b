/** Leaving: what was deleted a moment ago doesn't outlive the session in which it could be undone. */
import { currentUser, logOut } from '../accounts/store'
import { recallNow } from '../messages/actions/recall'
import { openPanel } from './panels'

export function signOut(): void {
  const isTold = recallNow()
  if (currentUser()?.is_guest) openPanel('leave')
  else void isTold.then(logOut)
}
