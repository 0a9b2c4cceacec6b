import { X } from 'lucide-react'
import type { ComponentProps } from 'react'
import { shortDay } from '../lib/format'
import { useT } from '../lib/i18n'
import { shownName } from '../lib/people'
import { FIELD } from './ids'
import { narrow, useSearch } from './store'
import type { Has } from './wish'

export type Picking = 'person' | 'days'

interface Props {
  picking: Picking | null
  onPick: (picking: Picking | null) => void
}

const KINDS = [
  ['file', 'search.files'],
  ['image', 'search.images'],
  ['link', 'search.links'],
] as const satisfies readonly (readonly [Has, string])[]

/** Where, by whom, what and when is searched for; what is typed as `from:anna` stands here as well. */
export function Filters({ picking, onPick }: Props) {
  const t = useT()
  const { roomId, isEverywhere, place, from, has } = useSearch()
  const isAll = place === null && (isEverywhere || roomId === null)
  const toggle = (which: Picking) => onPick(picking === which ? null : which)
  return (
    <fieldset aria-label={t('search.filters')} className="flex flex-wrap gap-1.5 px-3 pb-2">
      {roomId !== null && (
        <Chip
          aria-pressed={!isAll && place === null}
          onClick={() => narrow({ isEverywhere: false, place: null })}
        >
          {t('search.thisRoom')}
        </Chip>
      )}
      <Chip aria-pressed={isAll} onClick={() => narrow({ isEverywhere: true, place: null })}>
        {t('search.allRooms')}
      </Chip>
      {place !== null && (
        <Chosen title={t('search.anywhere')} onDrop={() => narrow({ place: null })}>
          {t('search.inRoom', { room: place.name })}
        </Chosen>
      )}
      {from === null ? (
        <Chip aria-expanded={picking === 'person'} onClick={() => toggle('person')}>
          {t('search.from')}
        </Chip>
      ) : (
        <Chosen title={t('search.anybody')} onDrop={() => narrow({ from: null })}>
          {t('search.fromName', { name: shownName(from) })}
        </Chosen>
      )}
      {KINDS.map(([kind, name]) => (
        <Chip
          key={kind}
          aria-pressed={has === kind}
          onClick={() => narrow({ has: has === kind ? null : kind })}
        >
          {t(name)}
        </Chip>
      ))}
      <Days isPicking={picking === 'days'} onToggle={() => toggle('days')} />
    </fieldset>
  )
}

/** From which day on, and before which. */
function Days({ isPicking, onToggle }: { isPicking: boolean; onToggle: () => void }) {
  const t = useT()
  const { after, before } = useSearch()
  return (
    <>
      {after !== null && (
        <Chosen title={t('search.anyTime')} onDrop={() => narrow({ after: null })}>
          {t('search.sinceDay', { day: shortDay(`${after}T12:00:00`) })}
        </Chosen>
      )}
      {before !== null && (
        <Chosen title={t('search.anyTime')} onDrop={() => narrow({ before: null })}>
          {t('search.beforeDay', { day: shortDay(`${before}T12:00:00`) })}
        </Chosen>
      )}
      {(after === null || before === null) && (
        <Chip aria-expanded={isPicking} onClick={onToggle}>
          {t('search.date')}
        </Chip>
      )}
    </>
  )
}

/** A filter with a value; a click takes it away. */
function Chosen({ onDrop, children, title }: { onDrop: () => void; children: string; title: string }) {
  function drop() {
    onDrop()
    // It goes, and the focus with it.
    document.getElementById(FIELD)?.focus()
  }
  return (
    <Chip aria-pressed onClick={drop} title={title}>
      <span className="max-w-40 truncate">{children}</span>
      <X size={14} aria-hidden />
    </Chip>
  )
}

function Chip(props: ComponentProps<'button'>) {
  return (
    <button
      type="button"
      className="flex h-8 items-center gap-1 rounded-md border border-line px-2.5 text-sm whitespace-nowrap text-soft hover:bg-hover hover:text-ink aria-expanded:bg-hover aria-expanded:text-ink aria-pressed:border-accent aria-pressed:bg-tint aria-pressed:font-medium aria-pressed:text-accent coarse:h-11 coarse:px-3"
      {...props}
    />
  )
}
