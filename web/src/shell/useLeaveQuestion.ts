/** Asks before the page goes with something that only it has: chosen files, and messages that can't be kept. */
import { useEffect } from 'react'
import { useUploads } from '../files/store'
import { useKeeping } from '../lib/keeping'
import { useSending } from '../messages/state/sending'

export function useLeaveQuestion(): void {
  const hasFiles = useUploads((state) => state.uploads.length > 0)
  const hasUnsent = useSending((state) => state.unsent.length > 0)
  const isForgetful = useKeeping((state) => state.isRefused)
  const isAsked = hasFiles || (hasUnsent && isForgetful)
  useEffect(() => {
    if (!isAsked) return
    const ask = (event: BeforeUnloadEvent) => event.preventDefault()
    addEventListener('beforeunload', ask)
    return () => removeEventListener('beforeunload', ask)
  }, [isAsked])
}
