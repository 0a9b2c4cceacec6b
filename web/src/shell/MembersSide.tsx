import { Suspense } from 'react'
import { laterWith } from '../lib/later'
import { useMedia } from '../lib/useMedia'
import { orderSentences } from '../rooms/sentences'
import type { Room } from '../rooms/store'
import { usePanels } from './panels'

const MembersAside = laterWith(orderSentences, () => import('./MembersAside'))
const MembersSheet = laterWith(orderSentences, () => import('./MembersSheet'))

/** A third pane where there is room for it, else a sheet from the side. */
export function MembersSide({ room }: { room: Room }) {
  const isShown = usePanels((state) => state.showsMembers && state.searches === null)
  const isWide = useMedia('(min-width: 64rem)')
  if (!isShown) return null
  return <Suspense>{isWide ? <MembersAside roomId={room.id} /> : <MembersSheet roomId={room.id} />}</Suspense>
}
