/** Whoever came by a link to an account that has no password: they choose one, or come back by another link only. */
import { currentUser } from './store'

export const BY_LINK = { cameByLink: true }

export function lacksPassword(): boolean {
  const user = currentUser()
  return user !== null && !user.is_guest && !user.can_log_in
}

/** Right after they came. */
export function isToChoosePassword(): boolean {
  const state = history.state as Partial<typeof BY_LINK> | null
  return state?.cameByLink === true && lacksPassword()
}
