import { Suspense } from 'react'
import { useT } from '../lib/i18n'
import type { OpenThread } from '../messages/actions/openThread'
import { laterAction } from '../messages/actions/sentences'

const ThreadPane = laterAction(() => import('../messages/thread/ThreadPane'))

/** A third pane where there is room for it, else over the room. */
export function ThreadSide({ open, isBeside }: { open: OpenThread; isBeside: boolean }) {
  const t = useT()
  return (
    <aside
      aria-label={t('message.replies')}
      className={`flex flex-col bg-ground ${isBeside ? 'w-88 shrink-0 border-s border-line' : 'absolute inset-0 z-20'}`}
    >
      <Suspense>
        <ThreadPane open={open} isAlone={!isBeside} />
      </Suspense>
    </aside>
  )
}
