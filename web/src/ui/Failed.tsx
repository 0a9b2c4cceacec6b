import { useT } from '../lib/i18n'
import { Button } from './Button'

/** When the page can't go on. What was written is kept: drafts are stored as their rooms close, unsent messages always. */
export function Failed() {
  const t = useT()
  return (
    <main className="grid h-dvh place-content-center justify-items-center gap-4 bg-paper p-6 text-center">
      <h1 className="text-lg font-semibold">{t('error.failed')}</h1>
      <p className="max-w-sm text-soft">{t('error.failedHint')}</p>
      <Button onClick={() => location.reload()}>{t('shell.reload')}</Button>
    </main>
  )
}
