/** Which of the app's own panels is open. */
import { sessionStore } from '../lib/stores'
import { closeThread, useOpenThread } from '../messages/actions/openThread'

export type SettingsPart = 'you' | 'device' | 'host' | 'help'

export type Panel =
  | 'switcher'
  | 'settings'
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
  | 'reports'
  | 'blocked'
  | 'deleteAccount'
  | 'exportRoom'
  | 'exportMine'

interface Panels {
  open: Panel | null
  /** The part of the settings that shows, or that closing what it led to comes back to. */
  settingsAt: SettingsPart
  isFromSettings: boolean
  showsMembers: boolean
  /** How often the search was asked for since it opened; null while it is closed. */
  searches: number | null
  /** Whether it was opened for the room that one is in, wherever it looked before. */
  beginsHere: boolean
}

export const usePanels = sessionStore<Panels>({
  open: null,
  settingsAt: 'you',
  isFromSettings: false,
  showsMembers: false,
  searches: null,
  beginsHere: false,
})

export const openPanel = (open: Panel | null): void => usePanels.setState({ open, isFromSettings: false })

export const openSettings = (settingsAt: SettingsPart = 'you'): void =>
  usePanels.setState({ open: 'settings', settingsAt, isFromSettings: false })

/** Closing it leads back to that part of the settings. */
export const openFromSettings = (open: Panel, settingsAt: SettingsPart): void =>
  usePanels.setState({ open, settingsAt, isFromSettings: true })

export const closePanel = (): void =>
  usePanels.setState(({ isFromSettings }) => ({
    open: isFromSettings ? 'settings' : null,
    isFromSettings: false,
  }))

/** A chain of replies and the search stand in their place, and make room for them. */
export function toggleMembers(): void {
  const isCovered = useOpenThread.getState().open !== null || usePanels.getState().searches !== null
  closeThread()
  usePanels.setState(({ showsMembers }) => ({ showsMembers: isCovered || !showsMembers, searches: null }))
}
export const hideMembers = (): void => usePanels.setState({ showsMembers: false })

/** In the place of a chain of replies; one that is opened later stands before it. `here`: where it begins to look. */
export function openSearch(where: 'here' | 'as before' = 'as before'): void {
  closeThread()
  usePanels.setState(({ searches, beginsHere }) => ({
    searches: (searches ?? 0) + 1,
    beginsHere: searches === null ? where === 'here' : beginsHere,
  }))
}
export const closeSearch = (): void => usePanels.setState({ searches: null })
