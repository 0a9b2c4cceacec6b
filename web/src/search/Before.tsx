import { History, X } from 'lucide-react'
import { useEffect } from 'react'
import { useT } from '../lib/i18n'
import { IconButton } from '../ui/Button'
import { EmptyPlace } from '../ui/EmptyPlace'
import { FIELD } from './ids'
import { forgetSearch, loadRecent, useRecent } from './recent'
import { narrow } from './store'

/** Before anything is typed: what can be done here, and what was searched for last. */
export function Before() {
  const t = useT()
  const texts = useRecent((state) => state.texts) ?? []
  useEffect(() => void loadRecent(), [])
  const forget = (text?: string) => {
    forgetSearch(text)
    document.getElementById(FIELD)?.focus()
  }
  if (texts.length === 0) {
    return <EmptyPlace title={t('search.before')} hint={t('search.beforeHint')} />
  }
  return (
    <section aria-label={t('search.recent')}>
      <div className="flex items-center justify-between px-2">
        <h3 className="text-xs font-medium text-soft">{t('search.recent')}</h3>
        <button
          type="button"
          onClick={() => forget()}
          className="min-h-8 text-xs text-accent hover:underline coarse:min-h-11"
        >
          {t('search.forgetAll')}
        </button>
      </div>
      <ul>
        {texts.map((text) => (
          <li key={text} className="flex items-center">
            <button
              type="button"
              onClick={() => {
                narrow({ text })
                document.getElementById(FIELD)?.focus()
              }}
              className="flex min-h-10 min-w-0 flex-1 items-center gap-2.5 rounded-lg px-2 text-start hover:bg-hover coarse:min-h-11"
            >
              <History size={16} className="shrink-0 text-soft" aria-hidden />
              <bdi className="truncate">{text}</bdi>
            </button>
            <IconButton label={t('search.forget', { text })} onClick={() => forget(text)}>
              <X size={16} />
            </IconButton>
          </li>
        ))}
      </ul>
    </section>
  )
}
