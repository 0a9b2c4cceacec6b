import { Flag, QrCode, Radar, ShieldCheck, SlidersHorizontal, Stethoscope } from 'lucide-react'
import { useEffect } from 'react'
import { useAccount } from '../../accounts/store'
import { runsTheHost } from '../../admin/runsTheHost'
import { askToClaim, useHostSettings } from '../../admin/store'
import { useServer } from '../../host/store'
import { useT } from '../../lib/i18n'
import { Section, SectionRow } from '../../ui/Section'
import { openFromSettings } from '../panels'
import { IndexProgress } from './IndexProgress'

/** Whose computer it is, how others come in, and what those who run it may set. */
export function Host() {
  const t = useT()
  const isAdmin = useAccount((state) => state.user?.is_admin === true)
  const canClaim = useHostSettings((state) => state.canClaim)
  const name = useServer((state) => state.info?.name ?? '')
  useEffect(() => {
    if (!isAdmin && runsTheHost()) void askToClaim()
  }, [isAdmin])
  return (
    <>
      <Section title={name}>
        {isAdmin && <IndexProgress />}
        {isAdmin && (
          <SectionRow
            icon={<SlidersHorizontal size={20} />}
            label={t('settings.thisHost')}
            hint={t('settings.thisHostHint')}
            onClick={() => openFromSettings('host', 'host')}
          />
        )}
        {isAdmin && (
          <SectionRow
            icon={<Flag size={20} />}
            label={t('settings.reports')}
            hint={t('settings.reportsHint')}
            onClick={() => openFromSettings('reports', 'host')}
          />
        )}
        {!isAdmin && canClaim && (
          <SectionRow
            icon={<ShieldCheck size={20} />}
            label={t('settings.claim')}
            onClick={() => openFromSettings('claim', 'host')}
          />
        )}
        <SectionRow
          icon={<QrCode size={20} />}
          label={t('invite.title')}
          onClick={() => openFromSettings('invite', 'host')}
        />
        {runsTheHost() && (
          <SectionRow
            icon={<Stethoscope size={20} />}
            label={t('settings.doctor')}
            onClick={() => openFromSettings('doctor', 'host')}
          />
        )}
      </Section>
      <Section title={t('settings.around')}>
        <SectionRow
          icon={<Radar size={20} />}
          label={t('settings.nearby')}
          onClick={() => openFromSettings('nearby', 'host')}
        />
      </Section>
    </>
  )
}
