import { Bell, LogOut, Settings } from 'lucide-react'
import type { ReactElement } from 'react'
import { useT } from '../lib/i18n'
import { setTheme, THEMES, useTheme } from '../lib/theme'
import { Menu, MenuChoice, MenuItem, MenuLine } from '../ui/Menu'
import { openPanel, openSettings } from './panels'
import { signOut } from './signOut'

/** What is wanted often; all else stands in the dialog that the first item opens. */
export default function AccountMenu({ trigger }: { trigger: ReactElement }) {
  const t = useT()
  const theme = useTheme((state) => state.theme)
  return (
    <Menu trigger={trigger}>
      <MenuItem icon={<Settings size={16} />} onSelect={() => openSettings()}>
        {t('settings.all')}
      </MenuItem>
      <MenuLine />
      <MenuChoice
        label={t('settings.theme')}
        value={theme}
        options={THEMES.map((value) => ({ value, label: t(`settings.theme_${value}`) }))}
        onChange={setTheme}
      />
      <MenuLine />
      <MenuItem icon={<Bell size={16} />} onSelect={() => openPanel('notifications')}>
        {t('settings.notifications')}
      </MenuItem>
      <MenuItem icon={<LogOut size={16} />} onSelect={signOut}>
        {t('account.logOut')}
      </MenuItem>
    </Menu>
  )
}
