import { lazy, Suspense } from 'react'
import { type Panel, usePanels } from './panels'

/** Each loads when it is first opened. */
const PANELS = {
  switcher: lazy(() => import('./Switcher')),
  shortcuts: lazy(() => import('./KeyList')),
} satisfies Record<Panel, unknown>

/** The dialogs that open from anywhere, one at a time. */
export function OpenPanel() {
  const open = usePanels((state) => state.open)
  const Opened = open === null ? null : PANELS[open]
  return <Suspense>{Opened !== null && <Opened />}</Suspense>
}
