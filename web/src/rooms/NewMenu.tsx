import { Hash, MessageCircle } from 'lucide-react'
import type { ReactElement } from 'react'
import { useT } from '../lib/i18n'
import { Menu, MenuItem } from '../ui/Menu'

interface Props {
  trigger: ReactElement
  onRoom: () => void
  onMessage: () => void
}

/** What one can begin. */
export default function NewMenu({ trigger, onRoom, onMessage }: Props) {
  const t = useT()
  return (
    <Menu trigger={trigger}>
      <MenuItem icon={<Hash size={16} />} onSelect={onRoom}>
        {t('rooms.new')}
      </MenuItem>
      <MenuItem icon={<MessageCircle size={16} />} onSelect={onMessage}>
        {t('direct.message')}
      </MenuItem>
    </Menu>
  )
}
