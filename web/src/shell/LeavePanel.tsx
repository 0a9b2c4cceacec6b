import { lacksPassword } from '../accounts/firstPassword'
import LeaveDialog from '../accounts/LeaveDialog'
import { useServer } from '../host/store'
import { openPanel } from './panels'

export default function LeavePanel({ onClose }: { onClose: () => void }) {
  const canRegister = useServer((state) => state.info?.registration_open ?? false)
  const canKeep = canRegister || lacksPassword()
  return <LeaveDialog onClose={onClose} onKeep={canKeep ? () => openPanel('upgrade') : undefined} />
}
