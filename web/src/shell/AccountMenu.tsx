import { Bell, Info, Keyboard, LockKeyhole, LogOut, Radar } from 'lucide-react'
import type { ReactElement } from 'react'
import { useLocation } from 'wouter'
import { logOut, useAccount } from '../accounts/store'
import { hasCoarsePointer } from '../lib/capabilities'
import { setLanguage, useLanguage, useT } from '../lib/i18n'
import { setTheme, type Theme, useTheme } from '../lib/theme'
import { recallNow } from '../messages/actions/recall'
import { LANGUAGE_NAMES } from '../ui/LanguageSwitch'
import { Menu, MenuChoice, MenuItem, MenuLine } from '../ui/Menu'
import { AccountItems, HostItems } from './AccountItems'
import { openPanel } from './panels'

const THEMES: Theme[] = ['light', 'dark', 'system']

/** What I can set. */
export default function AccountMenu({ trigger }: { trigger: ReactElement }) {
  const t = useT()
  const theme = useTheme((state) => state.theme)
  const language = useLanguage()
  const [, navigate] = useLocation()
  const isGuest = useAccount((state) => state.user?.is_guest === true)
  /** What was deleted a moment ago doesn't outlive the session in which it could be undone. */
  const leave = () => {
    const isTold = recallNow()
    if (isGuest) openPanel('leave')
    else void isTold.then(logOut)
  }
  return (
    <Menu trigger={trigger}>
      <AccountItems />
      <HostItems />
      <MenuItem icon={<Bell size={17} />} onSelect={() => openPanel('notifications')}>
        {t('shell.notifications')}
      </MenuItem>
      <MenuItem icon={<LockKeyhole size={17} />} onSelect={() => navigate('/secure')}>
        {t('account.secure')}
      </MenuItem>
      <MenuLine />
      <MenuChoice
        label={t('shell.theme')}
        value={theme}
        options={THEMES.map((value) => ({ value, label: t(`shell.theme_${value}`) }))}
        onChange={setTheme}
      />
      <MenuChoice
        label={t('shell.language')}
        value={language}
        options={LANGUAGE_NAMES}
        onChange={(next) => void setLanguage(next)}
      />
      <MenuLine />
      {!hasCoarsePointer() && (
        <MenuItem icon={<Keyboard size={17} />} onSelect={() => openPanel('shortcuts')}>
          {t('shell.shortcuts')}
        </MenuItem>
      )}
      <MenuItem icon={<Radar size={17} />} onSelect={() => openPanel('nearby')}>
        {t('shell.nearby')}
      </MenuItem>
      <MenuItem icon={<Info size={17} />} onSelect={() => openPanel('about')}>
        {t('shell.about')}
      </MenuItem>
      <MenuItem icon={<LogOut size={17} />} onSelect={leave}>
        {t('account.logOut')}
      </MenuItem>
    </Menu>
  )
}
