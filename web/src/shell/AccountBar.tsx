import { Settings } from 'lucide-react'
import { Suspense } from 'react'
import { useAccount } from '../accounts/store'
import { useT } from '../lib/i18n'
import { laterWith } from '../lib/later'
import { shownName } from '../lib/people'
import { notifySentences } from '../notifications/sentences'
import { editProfile } from '../profiles/open'
import { Avatar } from '../ui/Avatar'
import { Deferred } from '../ui/Deferred'
import { StatusMark } from '../ui/StatusMark'
import { openPanel } from './panels'
import { settingsSentences } from './settings/sentences'

const QuietMark = laterWith(notifySentences, () => import('../notifications/QuietMark'))
const AccountMenu = laterWith(settingsSentences, () => import('./AccountMenu'))

export function AccountBar() {
  const t = useT()
  const user = useAccount((state) => state.user)
  if (user === null) return null
  return (
    <footer className="flex items-center gap-2.5 border-t border-line py-2 ps-4 pe-2.5 pb-[max(0.5rem,env(safe-area-inset-bottom))]">
      <button
        type="button"
        title={t('shell.profile')}
        onClick={() => editProfile()}
        className="-ms-2 flex min-h-9 min-w-0 flex-1 items-center gap-2.5 rounded-lg px-2 text-start hover:bg-hover coarse:min-h-11"
      >
        <Avatar id={user.id} name={shownName(user)} url={user.avatar_url} size={28} />
        <span dir="auto" className="min-w-0 truncate font-medium">
          {shownName(user)}
        </span>
        <StatusMark id={user.id} />
      </button>
      {user.preferences.dnd_from !== null && (
        <Suspense>
          <QuietMark onClick={() => openPanel('notifications')} />
        </Suspense>
      )}
      <Deferred
        label={t('shell.settings')}
        icon={<Settings size={20} />}
        content={(trigger) => <AccountMenu trigger={trigger} />}
      />
    </footer>
  )
}
