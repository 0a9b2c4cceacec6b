import { useT } from '../../lib/i18n'
import { TabbedDialog } from '../../ui/TabbedDialog'
import { openPanel, usePanels } from '../panels'
import { Help } from './Help'
import { Host } from './Host'
import { ThisDevice } from './ThisDevice'
import { You } from './You'

/** What can be set and looked up, by whom or what it concerns. */
export default function SettingsDialog() {
  const t = useT()
  const start = usePanels((state) => state.settingsAt)
  const tabs = [
    { name: 'you', title: t('settings.you'), content: <You /> },
    { name: 'device', title: t('settings.device'), content: <ThisDevice /> },
    { name: 'host', title: t('settings.host'), content: <Host /> },
    { name: 'help', title: t('settings.help'), content: <Help /> },
  ]
  return (
    <TabbedDialog title={t('shell.settings')} tabs={tabs} start={start} onClose={() => openPanel(null)} />
  )
}
