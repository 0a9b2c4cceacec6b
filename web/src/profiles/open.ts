/** Whose card is open, and where; and whether I change my own profile. */
import { sessionStore } from '../lib/stores'

interface Opened {
  userId: number | null
  /** What was clicked, in px of the window. */
  at: { left: number; top: number; width: number; height: number }
  isEditing: boolean
}

export const useProfiles = sessionStore<Opened>({
  userId: null,
  at: { left: 0, top: 0, width: 0, height: 0 },
  isEditing: false,
})

/** Beside what was clicked. */
export function openCard(userId: number, { currentTarget }: { currentTarget: Element }): void {
  const { left, top, width, height } = currentTarget.getBoundingClientRect()
  useProfiles.setState({ userId, at: { left, top, width, height } })
}

export const closeCard = (): void => useProfiles.setState({ userId: null })
export const editProfile = (isEditing = true): void => useProfiles.setState({ isEditing, userId: null })
