/** Leaving: what was deleted a moment ago doesn't outlive the session in which it could be undone. */
import { lacksPassword } from '../accounts/firstPassword'
import { currentUser, logOut } from '../accounts/store'
import { recallNow } from '../messages/actions/recall'
import { openPanel } from './panels'

export function signOut(): void {
  const isTold = recallNow()
  if (currentUser()?.is_guest || lacksPassword()) openPanel('leave')
  else void isTold.then(logOut)
}
