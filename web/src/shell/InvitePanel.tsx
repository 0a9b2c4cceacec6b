import { runsTheHost } from '../admin/runsTheHost'
import InviteDialog from '../invites/InviteDialog'
import { openPanel } from './panels'

export default function InvitePanel({ onClose }: { onClose: () => void }) {
  return <InviteDialog onClose={onClose} onTrouble={runsTheHost() ? () => openPanel('doctor') : undefined} />
}
