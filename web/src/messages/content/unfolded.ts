/** Which long texts I wanted to see whole, wherever they stand: what scrolls out of sight comes back as I left it. */
import { sessionStore } from '../../lib/stores'

export const useUnfolded = sessionStore<{ keys: string[] }>({ keys: [] })

export const keyOf = (place: string, id: string | number): string => `${place}:${id}`

export const setUnfolded = (key: string, isOpen: boolean): void =>
  useUnfolded.setState(({ keys }) => ({
    keys: isOpen ? [...keys, key] : keys.filter((other) => other !== key),
  }))
