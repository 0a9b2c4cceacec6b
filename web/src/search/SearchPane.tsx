import { Search } from 'lucide-react'
import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from 'react'
import { useT } from '../lib/i18n'
import { unfold } from '../rooms/blocks'
import { isFolded } from '../rooms/folded'
import { DayPicker } from './DayPicker'
import { Filters, type Picking } from './Filters'
import { FromPicker } from './FromPicker'
import { FIELD, HITS, hitId } from './ids'
import type { Hit } from './marks'
import { Results } from './Results'
import { ask, dropLastFilter, finishTyping, more, noteUse, type, useSearch } from './store'

interface Props {
  /** Another number asks for the field once more. */
  asks: number
  onOpen: (hit: Hit) => void
  /** Beside the field: where the pane has no head of its own. */
  close?: ReactNode
}

const MOST_TYPED = 500 // characters

/** One field, where and what to search, and what was found. */
export function SearchPane({ asks, onOpen, close }: Props) {
  const t = useT()
  const text = useSearch((state) => state.text)
  const hits = useSearch((state) => state.found?.hits) ?? NONE
  const [chosen, setChosen] = useState<number | null>(null)
  const [picking, setPicking] = useState<Picking | null>(null)
  const field = useRef<HTMLInputElement>(null)
  const at = hits.findIndex(({ message }) => message.id === chosen)

  // biome-ignore lint/correctness/useExhaustiveDependencies: whenever it is asked for.
  useEffect(() => {
    field.current?.focus()
    field.current?.select()
  }, [asks])

  function open(hit: Hit) {
    setChosen(hit.message.id)
    noteUse()
    if (isFolded(hit.message)) unfold([hit.message])
    else onOpen(hit)
  }

  function walk(step: 1 | -1) {
    const next = hits[Math.max(0, Math.min(at + step, hits.length - 1))]
    if (at + step >= hits.length) void more()
    if (next === undefined) return
    setChosen(next.message.id)
    document.getElementById(hitId(next.message.id))?.scrollIntoView({ block: 'nearest' })
  }

  function picked() {
    setPicking(null)
    field.current?.focus()
  }

  function enter() {
    finishTyping()
    const hit = hits[Math.max(0, at)]
    const isAnswered = useSearch.getState().found?.wish.text === text && useSearch.getState().text === text
    if (hit !== undefined && isAnswered) return open(hit)
    noteUse()
    void ask()
  }

  function onKeyDown(event: KeyboardEvent) {
    if (event.nativeEvent.isComposing || event.nativeEvent.keyCode === 229) return
    if (event.key === 'ArrowDown') walk(1)
    else if (event.key === 'ArrowUp') walk(-1)
    else if (event.key === 'Enter') enter()
    else if (event.key === 'Backspace' && text === '') return void dropLastFilter()
    else return
    event.preventDefault()
  }

  return (
    <search className="flex min-h-0 flex-1 flex-col">
      <div className="flex items-center gap-1 px-3 py-2">
        <div className="relative min-w-0 flex-1">
          <Search size={16} aria-hidden className="absolute start-3 top-1/2 -translate-y-1/2 text-soft" />
          <input
            ref={field}
            id={FIELD}
            type="search"
            role="combobox"
            enterKeyHint="search"
            aria-autocomplete="list"
            aria-expanded={hits.length > 0}
            aria-controls={HITS}
            aria-activedescendant={at === -1 ? undefined : hitId(chosen ?? 0)}
            aria-label={t('search.label')}
            placeholder={t('search.label')}
            maxLength={MOST_TYPED}
            autoComplete="off"
            dir="auto"
            className="field ps-9!"
            value={text}
            onChange={(event) => {
              setChosen(null)
              type(event.target.value, (event.nativeEvent as InputEvent).isComposing)
            }}
            onCompositionEnd={(event) => type(event.currentTarget.value)}
            onKeyDown={onKeyDown}
          />
        </div>
        {close}
      </div>
      <Filters picking={picking} onPick={setPicking} />
      <div className="min-h-0 flex-1 overflow-y-auto overscroll-contain px-1 pb-[max(0.5rem,env(safe-area-inset-bottom))]">
        {picking === 'person' ? (
          <FromPicker onDone={picked} />
        ) : picking === 'days' ? (
          <DayPicker onDone={picked} />
        ) : (
          <Results chosen={chosen} onOpen={open} />
        )}
      </div>
    </search>
  )
}

const NONE: Hit[] = []
