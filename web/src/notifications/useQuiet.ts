import { useEffect, useState } from 'react'
import { usePreferences } from '../accounts/preferences'
import { quietFor } from './quiet'

const MINUTE = 60_000 // ms

/** How many minutes I am told of nothing from now on; 0 outside of my quiet hours. */
export function useQuiet(): number {
  const preferences = usePreferences()
  const [now, setNow] = useState(() => new Date())
  const hasHours = preferences?.dnd_from != null && preferences.dnd_until != null
  useEffect(() => {
    if (!hasHours) return
    setNow(new Date())
    const timer = setInterval(() => setNow(new Date()), MINUTE / 2)
    return () => clearInterval(timer)
  }, [hasHours])
  return hasHours ? quietFor(preferences, now) : 0
}
