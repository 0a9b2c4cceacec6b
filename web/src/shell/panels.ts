/** Which of the app's own panels is open. */
import { sessionStore } from '../lib/stores'

export type Panel =
  | 'switcher'
  | 'shortcuts'
  | 'devices'
  | 'password'
  | 'upgrade'
  | 'leave'
  | 'claim'
  | 'host'
  | 'doctor'
  | 'nearby'
  | 'about'
  | 'invite'
  | 'roomInvite'
  | 'roomSettings'
  | 'device'
  | 'saved'
  | 'pins'
  | 'notifications'

export const usePanels = sessionStore<{ open: Panel | null; showsMembers: boolean }>({
  open: null,
  showsMembers: false,
})

export const openPanel = (open: Panel | null): void => usePanels.setState({ open })
export const toggleMembers = (): void =>
  usePanels.setState(({ showsMembers }) => ({ showsMembers: !showsMembers }))
export const hideMembers = (): void => usePanels.setState({ showsMembers: false })
