/** Whose card is open, and where; and whether I change my own profile. */
import { sessionStore } from '../lib/stores'

interface Opened {
  userId: number | null
  /** What was clicked, in px of the window. */
  at: { left: number; top: number; width: number; height: number }
  /** The same, to which the focus returns. */
  opener: Element | null
  isEditing: boolean
}

export const useProfiles = sessionStore<Opened>({
  userId: null,
  at: { left: 0, top: 0, width: 0, height: 0 },
  opener: null,
  isEditing: false,
})

/** Beside what was clicked. */
export function openCard(userId: number, { currentTarget }: { currentTarget: Element }): void {
  const { left, top, width, height } = currentTarget.getBoundingClientRect()
  useProfiles.setState({ userId, at: { left, top, width, height }, opener: currentTarget })
}

export function closeCard(): void {
  const { opener } = useProfiles.getState()
  const isWithin = document.activeElement?.closest('[data-testid=card]') != null
  if (isWithin && opener instanceof HTMLElement) opener.focus()
  useProfiles.setState({ userId: null, opener: null })
}

export const editProfile = (isEditing = true): void => useProfiles.setState({ isEditing, userId: null })
