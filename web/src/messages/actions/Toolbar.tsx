import { Copy, Ellipsis, Pencil, Reply, SmilePlus } from 'lucide-react'
import type { MouseEvent, ReactNode } from 'react'
import { useT } from '../../lib/i18n'
import type { Message } from '../../lib/types'
import { useRooms } from '../../rooms/store'
import { type Door, openBelow } from './active'
import { perform, verbsOf } from './verbs'

interface Props {
  message: Message
  /** Within reach of Tab. */
  isFocused: boolean
}

/** At the end of the row that the pointer or the focus is on, over its upper edge. */
export default function Toolbar({ message, isFocused }: Props) {
  const t = useT()
  const can = useRooms((state) => state.byId[message.room_id]?.can)
  if (can === undefined) return null
  const verbs = verbsOf(message, can, false)
  const quick = verbs.find((verb) => verb === 'edit') ?? verbs.find((verb) => verb === 'copy')
  const opening = (door: Door) => (event: MouseEvent) => openBelow(event.currentTarget, message, door)
  return (
    <div
      role="toolbar"
      aria-label={t('action.toolbar')}
      className="absolute end-2 -top-3.5 z-10 flex animate-quick rounded-lg border border-line bg-raised p-px coarse:hidden"
    >
      {can.react && (
        <Tool label={`${t('action.react')} (+)`} isFocused={isFocused} onClick={opening('react')}>
          <SmilePlus size={16} />
        </Tool>
      )}
      {can.speak && (
        <Tool
          label={`${t('action.reply')} (R)`}
          isFocused={isFocused}
          onClick={() => void perform('reply', message)}
        >
          <Reply size={20} />
        </Tool>
      )}
      {quick !== undefined && (
        <Tool
          label={`${t(`action.${quick}`)} (${quick === 'edit' ? 'E' : 'C'})`}
          isFocused={isFocused}
          onClick={() => void perform(quick, message)}
        >
          {quick === 'edit' ? <Pencil size={16} /> : <Copy size={16} />}
        </Tool>
      )}
      <Tool label={`${t('action.more')} (Enter)`} isFocused={isFocused} onClick={opening('menu')}>
        <Ellipsis size={16} />
      </Tool>
    </div>
  )
}

interface ToolProps {
  label: string
  isFocused: boolean
  onClick: (event: MouseEvent) => void
  children: ReactNode
}

function Tool({ label, isFocused, onClick, children }: ToolProps) {
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      tabIndex={isFocused ? 0 : -1}
      onClick={onClick}
      className="grid size-tool place-items-center rounded-lg text-soft hover:bg-hover hover:text-ink"
    >
      {children}
    </button>
  )
}
