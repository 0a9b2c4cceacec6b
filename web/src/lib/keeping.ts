/** Whether this browser lets us keep what is unsent; where it doesn't, the page says so. */
import { create } from 'zustand'

export const useKeeping = create<{ isRefused: boolean }>(() => ({ isRefused: false }))

export const noteKeeping = (works: boolean): void => useKeeping.setState({ isRefused: !works })
