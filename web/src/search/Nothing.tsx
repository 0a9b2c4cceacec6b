import { useT } from '../lib/i18n'
import { Button } from '../ui/Button'
import { EmptyPlace } from '../ui/EmptyPlace'
import { type Found, narrow } from './store'

/** That there is nothing, and where else to look. */
export function Nothing({ found: { wish, suggestion } }: { found: Found }) {
  const t = useT()
  const query = wish.text.trim()
  return (
    <div role="status" className="wrap-anywhere">
      <EmptyPlace title={query === '' ? t('search.nothingFiltered') : t('search.nothing', { query })}>
        {suggestion !== null && (
          <Button
            look="outline"
            className="h-auto! min-h-10 max-w-full py-2 whitespace-normal! coarse:min-h-11"
            onClick={() => narrow({ text: suggestion })}
          >
            {t('search.meant', { text: suggestion })}
          </Button>
        )}
        {wish.roomId !== null && (
          <Button look="outline" onClick={() => narrow({ isEverywhere: true, place: null })}>
            {t('search.everywhere')}
          </Button>
        )}
      </EmptyPlace>
    </div>
  )
}
