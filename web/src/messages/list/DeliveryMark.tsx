import { Check, CheckCheck, Eye } from 'lucide-react'
import { useT } from '../../lib/i18n'
import type { Message } from '../../lib/types'
import { deliveryOf, useReceipts } from '../state/receipts'

const ICONS = { sent: Check, delivered: CheckCheck, seen: Eye }

/** How far my newest message has come; those before it have come as far. */
export function DeliveryMark({ message }: { message: Message }) {
  const t = useT()
  const delivery = useReceipts((state) => deliveryOf(message, state.byRoom[message.room_id]))
  const Icon = ICONS[delivery]
  const label = t(`message.${delivery}`)
  return (
    <span className="mb-1 shrink-0 text-soft" title={label} role="img" aria-label={label}>
      <Icon size={14} aria-hidden />
    </span>
  )
}
