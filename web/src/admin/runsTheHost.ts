/** Whether it is this person who runs the host: an administrator, or whoever sits at it. */
import { currentUser } from '../accounts/store'

export const runsTheHost = (): boolean =>
  currentUser()?.is_admin === true || /^(localhost|127\..*|\[::1\])$/.test(location.hostname)
