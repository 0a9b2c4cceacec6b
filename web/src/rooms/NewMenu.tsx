import { Hash, MessageCircle, NotebookPen } from 'lucide-react'
import type { ReactElement } from 'react'
import { useLocation } from 'wouter'
import { useServer } from '../host/store'
import { useT } from '../lib/i18n'
import { Menu, MenuItem } from '../ui/Menu'
import { beginWith } from './direct'

interface Props {
  trigger: ReactElement
  onRoom: () => void
  onMessage: () => void
}

/** What one can begin. */
export default function NewMenu({ trigger, onRoom, onMessage }: Props) {
  const t = useT()
  const [, navigate] = useLocation()
  const canWrite = useServer((state) => state.info?.direct_messages !== false)
  return (
    <Menu trigger={trigger}>
      <MenuItem icon={<Hash size={16} />} onSelect={onRoom}>
        {t('rooms.new')}
      </MenuItem>
      {canWrite ? (
        <MenuItem icon={<MessageCircle size={16} />} onSelect={onMessage}>
          {t('direct.message')}
        </MenuItem>
      ) : (
        <MenuItem icon={<NotebookPen size={16} />} onSelect={() => navigate(`/rooms/${beginWith([])}`)}>
          {t('direct.notes')}
        </MenuItem>
      )}
    </Menu>
  )
}
