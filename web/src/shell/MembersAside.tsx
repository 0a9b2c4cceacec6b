import { X } from 'lucide-react'
import { useT } from '../lib/i18n'
import { MembersPane } from '../presence/MembersPane'
import { IconButton } from '../ui/Button'
import { hideMembers } from './panels'

/** The members beside the room. */
export default function MembersAside({ roomId }: { roomId: number }) {
  const t = useT()
  return (
    <aside aria-label={t('members.title')} className="flex w-64 shrink-0 flex-col border-s border-line">
      <div className="flex min-h-14 items-center justify-between border-b border-line ps-4 pe-2">
        <h2 className="font-semibold">{t('members.title')}</h2>
        <IconButton label={t('ui.close')} onClick={hideMembers}>
          <X size={20} />
        </IconButton>
      </div>
      <div className="min-h-0 flex-1 overflow-y-auto p-2">
        <MembersPane roomId={roomId} />
      </div>
    </aside>
  )
}
