import ClaimDialog from '../admin/ClaimDialog'
import { openPanel } from './panels'

export default function ClaimPanel({ onClose }: { onClose: () => void }) {
  return <ClaimDialog onClose={onClose} onUpgrade={() => openPanel('upgrade')} />
}
