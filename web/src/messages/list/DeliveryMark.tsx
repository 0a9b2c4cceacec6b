import { Check, CheckCheck } from 'lucide-react'
import { Suspense } from 'react'
import { useT } from '../../lib/i18n'
import type { Message } from '../../lib/types'
import { partnerIn } from '../../rooms/direct'
import { useRooms } from '../../rooms/store'
import { Boundary } from '../../ui/Boundary'
import { laterAction } from '../actions/sentences'
import { deliveryOf, useReceipts } from '../state/receipts'

const NOBODY = { members: null }
const ICONS = { sent: Check, delivered: CheckCheck }
const SeenMark = laterAction(() => import('../actions/SeenMark'))

/** How far my newest message has come; those before it have come as far. */
export function DeliveryMark({ message }: { message: Message }) {
  const t = useT()
  const delivery = useReceipts((state) => deliveryOf(message, state.byRoom[message.room_id]))
  const isAlone = useRooms(({ byId }) => partnerIn(byId[message.room_id] ?? NOBODY) !== undefined)
  const at = useReceipts(({ heardAt: { [message.room_id]: heard } }) =>
    heard && heard.seq >= message.seq ? heard.at : null,
  )
  if (delivery === 'seen')
    return (
      <Boundary fallback={null}>
        <Suspense>
          <SeenMark message={message} isAlone={isAlone} at={at} />
        </Suspense>
      </Boundary>
    )
  const Icon = ICONS[delivery]
  const label = t(`message.${delivery}`)
  return (
    <span className="mb-1 shrink-0 text-soft" title={label} role="img" aria-label={label}>
      <Icon size={14} aria-hidden />
    </span>
  )
}
