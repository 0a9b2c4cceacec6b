import { Bell, LockKeyhole, ScanSearch } from 'lucide-react'
import { useLocation } from 'wouter'
import { DENSITIES, setDensity, useDensity } from '../../lib/density'
import { setLanguage, useLanguage, useT } from '../../lib/i18n'
import { setTheme, THEMES, useTheme } from '../../lib/theme'
import { Choice } from '../../ui/Choice'
import { LANGUAGE_NAMES } from '../../ui/LanguageSwitch'
import { Section, SectionRow } from '../../ui/Section'
import { openFromSettings, openPanel } from '../panels'

/** What concerns this browser, whoever is signed in. */
export function ThisDevice() {
  const t = useT()
  const theme = useTheme((state) => state.theme)
  const language = useLanguage()
  const density = useDensity((state) => state.density)
  const [, navigate] = useLocation()
  const go = (path: string) => {
    openPanel(null)
    navigate(path)
  }
  return (
    <>
      <Section title={t('settings.look')}>
        <Choice
          label={t('settings.theme')}
          value={theme}
          options={THEMES.map((value) => ({ value, label: t(`settings.theme_${value}`) }))}
          onChange={setTheme}
        />
        <Choice
          label={t('settings.density')}
          value={density}
          options={DENSITIES.map((value) => ({ value, label: t(`settings.density_${value}`) }))}
          onChange={setDensity}
        />
        <Choice
          label={t('settings.language')}
          value={language}
          options={LANGUAGE_NAMES}
          onChange={(next) => void setLanguage(next)}
        />
      </Section>
      <Section title={t('settings.notifications')}>
        <SectionRow
          icon={<Bell size={20} />}
          label={t('settings.notify')}
          hint={t('settings.notifyHint')}
          onClick={() => openFromSettings('notifications', 'device')}
        />
      </Section>
      <Section title={t('settings.connection')}>
        <SectionRow
          icon={<LockKeyhole size={20} />}
          label={t('account.secure')}
          hint={t('settings.secureHint')}
          onClick={() => go('/secure')}
        />
        <SectionRow
          icon={<ScanSearch size={20} />}
          label={t('settings.browser')}
          onClick={() => go('/capabilities')}
        />
      </Section>
    </>
  )
}
