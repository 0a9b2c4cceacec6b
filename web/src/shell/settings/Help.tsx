import { Info, Keyboard } from 'lucide-react'
import { hasCoarsePointer } from '../../lib/capabilities'
import { useT } from '../../lib/i18n'
import { SectionRow } from '../../ui/Section'
import { openFromSettings } from '../panels'

export function Help() {
  const t = useT()
  return (
    <>
      {!hasCoarsePointer() && (
        <SectionRow
          icon={<Keyboard size={20} />}
          label={t('settings.shortcuts')}
          onClick={() => openFromSettings('shortcuts', 'help')}
        />
      )}
      <SectionRow
        icon={<Info size={20} />}
        label={t('settings.about')}
        onClick={() => openFromSettings('about', 'help')}
      />
    </>
  )
}
