import { isApple } from '../lib/capabilities'
import { useT } from '../lib/i18n'

export function NoRoom() {
  const t = useT()
  return (
    <div className="m-auto max-w-sm px-6 text-center">
      <img src="/icon.svg" alt="" width={52} height={52} className="mx-auto mb-4 opacity-80" />
      <p className="text-lg font-semibold">{t('shell.noRoom')}</p>
      <p className="mt-1 text-soft">{t('shell.noRoomHint', { keys: isApple() ? '⌘K' : 'Ctrl+K' })}</p>
    </div>
  )
}
