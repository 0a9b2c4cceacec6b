/** The browser's own bar has the colour of the pane below it: the list's, or the room's. */
import { useEffect } from 'react'
import { showColour } from '../lib/theme'

export function usePaneColour(isList: boolean): void {
  useEffect(() => {
    showColour(isList ? '--c-paper' : '--c-ground')
    return () => showColour('--c-paper')
  }, [isList])
}
