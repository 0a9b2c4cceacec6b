import { SmilePlus } from 'lucide-react'
import { useEffect } from 'react'
import { useT } from '../../lib/i18n'
import type { ChatRoom, Message } from '../../lib/types'
import { useRooms } from '../../rooms/store'
import { Menu, MenuItem, MenuLine } from '../../ui/Menu'
import { type Door, leave, open, useActive } from './active'
import { EditsDialog } from './EditsDialog'
import { ForwardDialog } from './ForwardDialog'
import { destroys, ICONS } from './icons'
import { ReactionPopover } from './ReactionPopover'
import { ReportDialog } from './ReportDialog'
import { Said } from './Said'
import { Sheet } from './Sheet'
import { isAmong, loadSaved, useSaved } from './saved'
import { perform, type Verb, verbsOf, whyNot } from './verbs'

/** Whatever is open of the actions of a message. */
export default function ActionLayer({ roomId }: { roomId: number }) {
  const opened = useActive((state) => state.opened)
  const can = useRooms((state) => state.byId[roomId]?.can)
  const saved = useSaved((state) => state.saved)
  useEffect(() => {
    if (saved === null) void loadSaved().catch(() => undefined)
  }, [saved])
  if (opened === null || can === undefined || opened.message.room_id !== roomId) return null
  const { message, door, at } = opened
  const verbs = verbsOf(message, can, isAmong(saved, message.id))
  const close = () => open(null)
  const shared = { key: message.id, message, onClose: close }
  if (door === 'edits') return <EditsDialog {...shared} />
  if (door === 'forward') return <ForwardDialog {...shared} />
  if (door === 'report') return <ReportDialog {...shared} />
  if (door === 'sheet') return <Sheet {...shared} verbs={verbs} can={can} />
  if (door === 'react') return <ReactionPopover {...shared} at={at} />
  return <ActionMenu {...shared} verbs={verbs} can={can} at={at} />
}

interface MenuProps {
  message: Message
  verbs: Verb[]
  can: ChatRoom['can']
  at: { x: number; y: number }
  onClose: () => void
}

function ActionMenu({ message, verbs, can, at, onClose }: MenuProps) {
  const t = useT()
  const go = (door: Door) => open({ message, door, at })
  // The menu ends as what was chosen begins, which may open the next.
  const closed = () => {
    if (useActive.getState().opened?.door !== 'menu') return
    onClose()
    leave(message)
  }
  const trigger = (
    <button
      type="button"
      tabIndex={-1}
      aria-hidden
      className="fixed size-px opacity-0"
      style={{ left: at.x, top: at.y }}
    />
  )
  return (
    <Menu trigger={trigger} onClosed={closed}>
      {can.react && (
        <MenuItem icon={<SmilePlus size={16} />} onSelect={() => go('react')}>
          {t('action.react')}
        </MenuItem>
      )}
      {verbs.map((verb) => {
        const Icon = ICONS[verb]
        return (
          <div key={verb}>
            {destroys(verb) && <MenuLine />}
            <MenuItem
              icon={<Icon size={16} />}
              isDangerous={destroys(verb)}
              disabled={whyNot(verb, message, can) !== null}
              onSelect={() => void perform(verb, message)}
            >
              <Said verb={verb} reason={whyNot(verb, message, can)} />
            </MenuItem>
          </div>
        )
      })}
    </Menu>
  )
}
