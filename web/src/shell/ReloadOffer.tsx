import { useServer } from '../host/store'
import { useT } from '../lib/i18n'

export function ReloadOffer() {
  const t = useT()
  const isNewer = useServer((state) => state.isNewer)
  if (!isNewer) return null
  return (
    <div
      role="status"
      className="flex items-center justify-center gap-3 border-b border-line bg-tint px-4 py-1.5 text-sm"
    >
      {t('shell.newer')}
      <button
        type="button"
        className="font-medium text-accent underline-offset-4 hover:underline"
        onClick={() => location.reload()}
      >
        {t('shell.reload')}
      </button>
    </div>
  )
}
