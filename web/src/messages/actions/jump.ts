/** Going to where a message stands. */
import { sessionStore } from '../../lib/stores'
import type { Message } from '../../lib/types'

/** The message that the list of its room is to show, and the one that flashes as it was shown. */
export const useJump = sessionStore<{ to: Message | null; flashing: number | null }>({
  to: null,
  flashing: null,
})

export const jumpTo = (to: Message): void => useJump.setState({ to })

const FLASH_FOR = 2_000 // ms

export function arrive({ id }: Message): void {
  useJump.setState({ to: null, flashing: id })
  setTimeout(() => useJump.setState(({ flashing }) => (flashing === id ? { flashing: null } : {})), FLASH_FOR)
}
