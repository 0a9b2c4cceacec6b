import { lazy, Suspense } from 'react'
import { lazyWith } from '../lib/i18n'
import { type Panel, usePanels } from './panels'

/** Each loads when it is first opened. */
const PANELS = {
  switcher: lazy(() => import('./Switcher')),
  shortcuts: lazy(() => import('./KeyList')),
  about: lazyWith(
    { 'zh-CN': () => import('../about/zh-CN.json'), en: () => import('../about/en.json') },
    () => import('./AboutPanel'),
  ),
} satisfies Record<Panel, unknown>

/** The dialogs that open from anywhere, one at a time. */
export function OpenPanel() {
  const open = usePanels((state) => state.open)
  const Opened = open === null ? null : PANELS[open]
  return <Suspense>{Opened !== null && <Opened />}</Suspense>
}
