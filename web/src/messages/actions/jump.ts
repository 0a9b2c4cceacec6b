/** Going to where a message stands. */
import { asChatError } from '../../lib/errors'
import { errorText } from '../../lib/errorText'
import { sessionStore } from '../../lib/stores'
import type { Message } from '../../lib/types'
import { sayProblem } from '../../ui/Toast'
import { findMessage, openAround } from '../state/around'

/** A message; of one that isn't loaded, where it stands is asked for. */
export type Goal = Pick<Message, 'room_id' | 'id'> & { seq?: number }

interface Jump {
  /** The message that the list of its room is to show. */
  to: Goal | null
  /** Id of the one that flashes as it was shown. */
  flashing: number | null
  /** Where the reader was before, and wants to go back to. */
  back: Goal | null
}

export const useJump = sessionStore<Jump>({ to: null, flashing: null, back: null })

export const jumpTo = (to: Goal, back: Goal | null = null): void => useJump.setState({ to, back })

/** Not while on the way. */
export function forgetWayBack(): void {
  if (useJump.getState().to === null) useJump.setState({ back: null })
}

const FLASH_FOR = 2_000 // ms

export function arrive({ id }: Goal): void {
  useJump.setState({ to: null, flashing: id })
  setTimeout(() => useJump.setState(({ flashing }) => (flashing === id ? { flashing: null } : {})), FLASH_FOR)
}

/** Has the list show the part of the room that the goal stands in. What goes wrong is said. */
export async function bring(goal: Goal): Promise<void> {
  const isStillWanted = () => useJump.getState().to === goal
  try {
    const seq = goal.seq ?? (await findMessage(goal.room_id, goal.id)).seq
    if (isStillWanted()) await openAround(goal.room_id, seq)
  } catch (reason) {
    if (!isStillWanted()) return
    useJump.setState({ to: null })
    sayProblem(errorText(asChatError(reason)))
  }
}
