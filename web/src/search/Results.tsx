import { useEffect, useRef } from 'react'
import { errorText } from '../lib/errorText'
import { dayName } from '../lib/format'
import { useT } from '../lib/i18n'
import { Alert } from '../ui/Alert'
import { Button } from '../ui/Button'
import { Spinner } from '../ui/Spinner'
import { Before } from './Before'
import { HitRow } from './HitRow'
import { HITS } from './ids'
import type { Hit } from './marks'
import { Nothing } from './Nothing'
import { type Found, more, retry, useSearch } from './store'

interface Props {
  /** Id of the message that the keys have come to. */
  chosen: number | null
  onOpen: (hit: Hit) => void
}

/** What was found, or why there is nothing. */
export function Results({ chosen, onOpen }: Props) {
  const t = useT()
  const { found, isAsking, isLoadingMore, problem } = useSearch()
  const failure = problem !== null && (
    <div className="space-y-2 p-2">
      <Alert>{errorText(problem)}</Alert>
      <Button look="outline" onClick={() => void retry()}>
        {t('ui.retry')}
      </Button>
    </div>
  )
  return (
    <>
      <Told found={found} isAsking={isAsking} />
      {found === null && failure}
      {found === null && !isAsking && !failure && <Before />}
      {found === null && isAsking && <Waiting />}
      {found !== null && found.hits.length > 0 && (
        <div id={HITS} role="listbox" aria-label={t('search.results')} className="space-y-px">
          {found.hits.map((hit) => (
            <HitRow
              key={hit.message.id}
              hit={hit}
              isChosen={hit.message.id === chosen}
              saysRoom={found.wish.roomId === null}
              onOpen={() => onOpen(hit)}
            />
          ))}
        </div>
      )}
      {found !== null && found.hits.length === 0 && !isLoadingMore && <Nothing found={found} />}
      {found !== null && failure}
      {found !== null && found.cursor !== null && problem === null && (
        <More key={found.cursor} isLoading={isLoadingMore} />
      )}
      {found !== null && found.completeFrom !== null && (
        <p className="px-3 py-2 text-sm text-soft">
          {t('search.incomplete', { day: dayName(found.completeFrom) })}
        </p>
      )}
    </>
  )
}

/** How many there are, said once they stand still. */
function Told({ found, isAsking }: { found: Found | null; isAsking: boolean }) {
  const t = useT()
  const count = found?.hits.length ?? 0
  const isTold = found !== null && count > 0 && !isAsking
  return (
    <p role="status" className={count === 0 ? 'sr-only' : 'min-h-6 px-2 pb-1 text-xs text-soft tabular-nums'}>
      {isTold && t(found.cursor === null ? 'search.count' : 'search.countOpen', { count })}
    </p>
  )
}

function Waiting() {
  return (
    <div className="grid place-items-center py-10">
      <Spinner />
    </div>
  )
}

/** The next page, asked for by the button as well as by scrolling to it. */
function More({ isLoading }: { isLoading: boolean }) {
  const t = useT()
  const button = useRef<HTMLButtonElement>(null)
  useEffect(() => {
    const { current } = button
    if (current === null) return
    const watch = new IntersectionObserver(([seen]) => seen?.isIntersecting === true && void more())
    watch.observe(current)
    return () => watch.disconnect()
  }, [])
  return (
    <Button
      ref={button}
      look="quiet"
      className="mt-1 w-full text-accent"
      aria-busy={isLoading}
      onClick={() => void more()}
    >
      {isLoading ? <Spinner /> : t('search.more')}
    </Button>
  )
}
