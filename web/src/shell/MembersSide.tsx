import { X } from 'lucide-react'
import { lazy, Suspense } from 'react'
import { useT } from '../lib/i18n'
import { useMedia } from '../lib/useMedia'
import { MembersPane } from '../presence/MembersPane'
import type { Room } from '../rooms/store'
import { IconButton } from '../ui/Button'
import { hideMembers, usePanels } from './panels'

const MembersSheet = lazy(() => import('./MembersSheet'))

/** A third pane where there is room for it, else a sheet from the side. */
export function MembersSide({ room }: { room: Room }) {
  const t = useT()
  const isShown = usePanels((state) => state.showsMembers)
  const isWide = useMedia('(min-width: 64rem)')
  if (!isShown) return null
  if (!isWide) {
    return (
      <Suspense>
        <MembersSheet roomId={room.id} />
      </Suspense>
    )
  }
  return (
    <aside aria-label={t('members.title')} className="flex w-64 shrink-0 flex-col border-s border-line">
      <div className="flex min-h-14 items-center justify-between border-b border-line ps-4 pe-2">
        <h2 className="font-semibold">{t('members.title')}</h2>
        <IconButton label={t('ui.close')} onClick={hideMembers}>
          <X size={18} />
        </IconButton>
      </div>
      <div className="min-h-0 flex-1 overflow-y-auto p-2">
        <MembersPane roomId={room.id} />
      </div>
    </aside>
  )
}
