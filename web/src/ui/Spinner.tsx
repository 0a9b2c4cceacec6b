import { LoaderCircle } from 'lucide-react'
import { useT } from '../lib/i18n'

export function Spinner({ size = 20 }: { size?: number }) {
  const t = useT()
  return (
    <span role="status" className="inline-grid place-items-center text-soft">
      <LoaderCircle size={size} className="animate-spin" aria-hidden />
      <span className="sr-only">{t('ui.loading')}</span>
    </span>
  )
}
