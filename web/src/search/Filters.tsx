import { X } from 'lucide-react'
import type { ComponentProps } from 'react'
import { useT } from '../lib/i18n'
import { shownName } from '../lib/people'
import { narrow, useSearch } from './store'
import type { Has } from './wish'

interface Props {
  isPicking: boolean
  onPick: (isPicking: boolean) => void
}

const KINDS = [
  ['file', 'search.files'],
  ['image', 'search.images'],
  ['link', 'search.links'],
] as const satisfies readonly (readonly [Has, string])[]

/** Where, by whom and what is searched for. */
export function Filters({ isPicking, onPick }: Props) {
  const t = useT()
  const { roomId, isEverywhere, from, has } = useSearch()
  const isAll = isEverywhere || roomId === null
  return (
    <fieldset aria-label={t('search.filters')} className="flex flex-wrap gap-1.5 px-3 pb-2">
      {roomId !== null && (
        <Chip aria-pressed={!isAll} onClick={() => narrow({ isEverywhere: false })}>
          {t('search.thisRoom')}
        </Chip>
      )}
      <Chip aria-pressed={isAll} onClick={() => narrow({ isEverywhere: true })}>
        {t('search.allRooms')}
      </Chip>
      {from === null ? (
        <Chip aria-expanded={isPicking} onClick={() => onPick(!isPicking)}>
          {t('search.from')}
        </Chip>
      ) : (
        <Chip aria-pressed onClick={() => narrow({ from: null })} title={t('search.anybody')}>
          <span className="max-w-40 truncate">{t('search.fromName', { name: shownName(from) })}</span>
          <X size={14} aria-hidden />
        </Chip>
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
    </fieldset>
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
