import { HardDriveDownload } from 'lucide-react'
import { useT } from '../lib/i18n'
import { useKeeping } from '../lib/keeping'

/** Says what a browser costs that lets pages keep nothing. */
export function NothingKept() {
  const t = useT()
  const isRefused = useKeeping((state) => state.isRefused)
  if (!isRefused) return null
  return (
    <p role="status" className="flex items-center gap-2 px-4 py-1.5 text-xs text-soft">
      <HardDriveDownload size={16} className="shrink-0" aria-hidden />
      {t('error.nothingKept')}
    </p>
  )
}
