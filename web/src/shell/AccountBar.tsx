import { Bell, BellOff, Keyboard, LogOut, Settings } from 'lucide-react'
import { logOut, useAccount } from '../accounts/store'
import { notificationState } from '../lib/capabilities'
import { setLanguage, useLanguage, useT } from '../lib/i18n'
import { setTheme, type Theme, useTheme } from '../lib/theme'
import { Avatar } from '../ui/Avatar'
import { IconButton } from '../ui/Button'
import { LANGUAGE_NAMES } from '../ui/LanguageSwitch'
import { Menu, MenuChoice, MenuItem, MenuLine } from '../ui/Menu'
import { say } from '../ui/Toast'
import { askForNotifications } from './notifications'
import { openPanel } from './panels'

const THEMES: Theme[] = ['light', 'dark', 'system']

/** Me, and what I can set. */
export function AccountBar() {
  const t = useT()
  const user = useAccount((state) => state.user)
  const theme = useTheme((state) => state.theme)
  const language = useLanguage()
  if (user === null) return null
  return (
    <footer className="flex items-center gap-2.5 border-t border-line py-2 ps-4 pe-2.5 pb-[max(0.5rem,env(safe-area-inset-bottom))]">
      <Avatar id={user.id} name={user.username} size={30} />
      <span dir="auto" className="min-w-0 flex-1 truncate font-medium">
        {user.username}
      </span>
      <Menu
        trigger={
          <IconButton label={t('shell.settings')}>
            <Settings size={19} />
          </IconButton>
        }
      >
        <MenuChoice
          label={t('shell.theme')}
          value={theme}
          options={THEMES.map((value) => ({ value, label: t(`shell.theme_${value}`) }))}
          onChange={setTheme}
        />
        <MenuLine />
        <MenuChoice
          label={t('shell.language')}
          value={language}
          options={LANGUAGE_NAMES}
          onChange={(next) => void setLanguage(next)}
        />
        <MenuLine />
        <NotificationItem />
        <MenuItem icon={<Keyboard size={17} />} onSelect={() => openPanel('shortcuts')}>
          {t('shell.shortcuts')}
        </MenuItem>
        <MenuItem icon={<LogOut size={17} />} onSelect={() => void logOut()}>
          {t('account.logOut')}
        </MenuItem>
      </Menu>
    </footer>
  )
}

/** Asks the browser on this click only, and says why it cannot where it cannot. */
function NotificationItem() {
  const t = useT()
  const state = notificationState()
  const Icon = state === 'granted' ? Bell : BellOff

  function select() {
    if (state === 'ask') void askForNotifications()
    else say(t(`notify.${state}`))
  }

  return (
    <MenuItem icon={<Icon size={17} />} onSelect={select}>
      {t(state === 'granted' ? 'notify.on' : 'notify.off')}
    </MenuItem>
  )
}
