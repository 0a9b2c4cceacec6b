import {
  Bookmark,
  KeyRound,
  MonitorSmartphone,
  ShieldCheck,
  SlidersHorizontal,
  Smartphone,
  Stethoscope,
  UserPlus,
} from 'lucide-react'
import { useEffect } from 'react'
import { useAccount } from '../accounts/store'
import { runsTheHost } from '../admin/runsTheHost'
import { askToClaim, useHostSettings } from '../admin/store'
import { useServer } from '../host/store'
import { useT } from '../lib/i18n'
import { MenuItem } from '../ui/Menu'
import { openPanel } from './panels'

/** What concerns my account: a guest has none yet. */
export function AccountItems() {
  const t = useT()
  const isGuest = useAccount((state) => state.user?.is_guest === true)
  const canRegister = useServer((state) => state.info?.registration_open ?? false)
  return (
    <>
      <MenuItem icon={<Bookmark size={17} />} onSelect={() => openPanel('saved')}>
        {t('shell.saved')}
      </MenuItem>
      <MenuItem icon={<MonitorSmartphone size={17} />} onSelect={() => openPanel('devices')}>
        {t('account.devices')}
      </MenuItem>
      <MenuItem icon={<Smartphone size={17} />} onSelect={() => openPanel('device')}>
        {t('shell.device')}
      </MenuItem>
      {isGuest && canRegister && (
        <MenuItem icon={<UserPlus size={17} />} onSelect={() => openPanel('upgrade')}>
          {t('account.createAccount')}
        </MenuItem>
      )}
      {!isGuest && (
        <MenuItem icon={<KeyRound size={17} />} onSelect={() => openPanel('password')}>
          {t('account.changePassword')}
        </MenuItem>
      )}
    </>
  )
}

/** What concerns the host, for those who run it. */
export function HostItems() {
  const t = useT()
  const isAdmin = useAccount((state) => state.user?.is_admin === true)
  const canClaim = useHostSettings((state) => state.canClaim)
  useEffect(() => {
    if (!isAdmin && runsTheHost()) void askToClaim()
  }, [isAdmin])
  return (
    <>
      {isAdmin && (
        <MenuItem icon={<SlidersHorizontal size={17} />} onSelect={() => openPanel('host')}>
          {t('shell.host')}
        </MenuItem>
      )}
      {!isAdmin && canClaim && (
        <MenuItem icon={<ShieldCheck size={17} />} onSelect={() => openPanel('claim')}>
          {t('shell.claim')}
        </MenuItem>
      )}
      {runsTheHost() && (
        <MenuItem icon={<Stethoscope size={17} />} onSelect={() => openPanel('doctor')}>
          {t('shell.doctor')}
        </MenuItem>
      )}
    </>
  )
}
