import { useT } from '../lib/i18n'
import { MembersPane } from '../presence/MembersPane'
import { Dialog } from '../ui/Dialog'
import { hideMembers } from './panels'

/** The members where there is no room for a third pane. */
export default function MembersSheet({ roomId }: { roomId: number }) {
  const t = useT()
  return (
    <Dialog title={t('members.title')} isOpen onClose={hideMembers} place="side">
      <MembersPane roomId={roomId} />
    </Dialog>
  )
}
