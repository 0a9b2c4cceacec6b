import { Suspense } from 'react'
import { later } from '../lib/later'
import { useMedia } from '../lib/useMedia'
import type { Room } from '../rooms/store'
import { usePanels } from './panels'

const MembersAside = later(() => import('./MembersAside'))
const MembersSheet = later(() => import('./MembersSheet'))

/** A third pane where there is room for it, else a sheet from the side. */
export function MembersSide({ room }: { room: Room }) {
  const isShown = usePanels((state) => state.showsMembers && state.searches === null)
  const isWide = useMedia('(min-width: 64rem)')
  if (!isShown) return null
  return <Suspense>{isWide ? <MembersAside roomId={room.id} /> : <MembersSheet roomId={room.id} />}</Suspense>
}
