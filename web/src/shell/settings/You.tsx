import {
  Ban,
  Bookmark,
  Download,
  KeyRound,
  LogOut,
  MonitorSmartphone,
  Smartphone,
  UserPlus,
  UserRoundX,
} from 'lucide-react'
import { useAccount } from '../../accounts/store'
import { useServer } from '../../host/store'
import { useT } from '../../lib/i18n'
import { Section, SectionRow } from '../../ui/Section'
import { openFromSettings, openPanel } from '../panels'
import { signOut } from '../signOut'

/** What concerns my account: a guest has none yet. */
export function You() {
  const t = useT()
  const user = useAccount((state) => state.user)
  const canRegister = useServer((state) => state.info?.registration_open ?? false)
  if (user === null) return null
  return (
    <>
      <Section title={t('settings.account')}>
        {user.is_guest && canRegister && (
          <SectionRow
            icon={<UserPlus size={20} />}
            label={t('account.createAccount')}
            hint={t('settings.guestHint')}
            onClick={() => openFromSettings('upgrade', 'you')}
          />
        )}
        {!user.is_guest && !user.can_log_in && (
          <SectionRow
            icon={<KeyRound size={20} />}
            label={t('settings.firstPassword')}
            hint={t('settings.firstPasswordHint')}
            onClick={() => openFromSettings('upgrade', 'you')}
          />
        )}
        {user.can_log_in && (
          <SectionRow
            icon={<KeyRound size={20} />}
            label={t('account.changePassword')}
            onClick={() => openFromSettings('password', 'you')}
          />
        )}
        <SectionRow
          icon={<LogOut size={20} />}
          label={t('account.logOut')}
          hint={t('settings.signedInAs', { name: user.username })}
          onClick={() => {
            openPanel(null)
            signOut()
          }}
        />
      </Section>
      <Section title={t('settings.devices')}>
        <SectionRow
          icon={<MonitorSmartphone size={20} />}
          label={t('settings.signedIn')}
          onClick={() => openFromSettings('devices', 'you')}
        />
        <SectionRow
          icon={<Smartphone size={20} />}
          label={t('settings.another')}
          onClick={() => openFromSettings('device', 'you')}
        />
      </Section>
      <Section title={t('settings.kept')}>
        <SectionRow
          icon={<Bookmark size={20} />}
          label={t('settings.saved')}
          onClick={() => openPanel('saved')}
        />
        <SectionRow
          icon={<Download size={20} />}
          label={t('settings.export')}
          hint={t('settings.exportHint')}
          onClick={() => openFromSettings('exportMine', 'you')}
        />
      </Section>
      <Section title={t('settings.privacy')}>
        <SectionRow
          icon={<Ban size={20} />}
          label={t('settings.blocked')}
          onClick={() => openFromSettings('blocked', 'you')}
        />
        <SectionRow
          icon={<UserRoundX size={20} />}
          label={t('settings.deleteAccount')}
          hint={t('settings.deleteHint')}
          onClick={() => openFromSettings('deleteAccount', 'you')}
        />
      </Section>
    </>
  )
}
