import type { ComponentType } from 'react'
import { accountSentences } from '../accounts/sentences'
import { exportSentences } from '../exports/sentences'
import { inviteSentences } from '../invites/sentences'
import { learn } from '../lib/i18n'
import { lazyWith } from '../lib/later'
import { actionSentences } from '../messages/actions/sentences'
import { reportSentences } from '../moderation/sentences'
import { notifySentences } from '../notifications/sentences'
import { profileSentences } from '../profiles/sentences'
import { orderSentences } from '../rooms/sentences'
import { searchSentences } from '../search/sentences'
import { closePanel, type Panel, usePanels } from './panels'
import { settingsSentences } from './settings/sentences'

const ADMIN = { 'zh-CN': () => import('../admin/zh-CN.json'), en: () => import('../admin/en.json') }

/** Each loads when it is first opened. */
const PANELS: Record<Panel, ComponentType<{ onClose: () => void }>> = {
  switcher: lazyWith(searchSentences, () => import('./Switcher')),
  settings: lazyWith(settingsSentences, async () => {
    const [part] = await Promise.all([
      import('./settings/SettingsDialog'),
      learn(inviteSentences),
      learn(reportSentences),
    ])
    return part
  }),
  shortcuts: lazyWith(settingsSentences, () => import('./ShortcutsDialog')),
  devices: lazyWith(accountSentences, () => import('../accounts/DevicesDialog')),
  password: lazyWith(accountSentences, () => import('../accounts/PasswordDialog')),
  upgrade: lazyWith(accountSentences, () => import('../accounts/UpgradeDialog')),
  deleteAccount: lazyWith(accountSentences, () => import('../accounts/DeleteAccountDialog')),
  leave: lazyWith(accountSentences, () => import('./LeavePanel')),
  claim: lazyWith(ADMIN, () => import('./ClaimPanel')),
  host: lazyWith(ADMIN, () => import('../admin/HostDialog')),
  doctor: lazyWith(
    { 'zh-CN': () => import('../doctor/zh-CN.json'), en: () => import('../doctor/en.json') },
    () => import('../doctor/DoctorDialog'),
  ),
  nearby: lazyWith(
    { 'zh-CN': () => import('../nearby/zh-CN.json'), en: () => import('../nearby/en.json') },
    () => import('../nearby/NearbyDialog'),
  ),
  about: lazyWith(
    { 'zh-CN': () => import('../about/zh-CN.json'), en: () => import('../about/en.json') },
    () => import('./AboutPanel'),
  ),
  invite: lazyWith(inviteSentences, () => import('./InvitePanel')),
  roomInvite: lazyWith(inviteSentences, () => import('../invites/RoomInviteDialog')),
  roomSettings: lazyWith(orderSentences, async () => {
    const [part] = await Promise.all([
      import('./RoomSettings'),
      learn(inviteSentences),
      learn(reportSentences),
      learn(exportSentences),
      learn(profileSentences),
    ])
    return part
  }),
  device: lazyWith(accountSentences, () => import('../accounts/DeviceCodeDialog')),
  saved: lazyWith(actionSentences, () => import('../messages/actions/SavedDialog')),
  reports: lazyWith(reportSentences, () => import('../moderation/ReportsDialog')),
  notifications: lazyWith(notifySentences, () => import('../notifications/NotificationsDialog')),
  blocked: lazyWith(orderSentences, () => import('../rooms/BlockedDialog')),
  exportRoom: lazyWith(exportSentences, () => import('../exports/ExportRoomDialog')),
  exportMine: lazyWith(exportSentences, () => import('../exports/ExportMineDialog')),
  pins: lazyWith(actionSentences, () => import('./PinsPanel')),
}

/** The dialogs that open from anywhere, one at a time. */
export default function OpenPanel() {
  const open = usePanels((state) => state.open)
  const Opened = open === null ? null : PANELS[open]
  return Opened !== null && <Opened onClose={closePanel} />
}
