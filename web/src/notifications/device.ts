/** What this device does when something is told: shown outside of the page, heard, or neither. */
import { kept } from '../lib/storage'
import { deviceStore } from '../lib/stores'

export type Way = 'shows' | 'sounds'

const keyOf = (way: Way): string => `lanchat.notifications.${way}`
const isOn = (way: Way): boolean => kept.get(keyOf(way)) !== 'off'

export const useNotifying = deviceStore<Record<Way, boolean>>({
  shows: isOn('shows'),
  sounds: isOn('sounds'),
})

export function setNotifying(way: Way, isOn: boolean): void {
  kept.set(keyOf(way), isOn ? null : 'off')
  useNotifying.setState({ [way]: isOn })
}
