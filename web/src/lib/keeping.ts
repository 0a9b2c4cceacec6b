/** Whether this browser lets us keep what is unsent; where it doesn't, the page says so. */
import { deviceStore } from './stores'

export const useKeeping = deviceStore({ isRefused: false })

export const noteKeeping = (works: boolean): void => useKeeping.setState({ isRefused: !works })
