import { NotebookPen } from 'lucide-react'
import { type SyntheticEvent, useEffect, useState } from 'react'
import { useLocation } from 'wouter'
import { focusComposer } from '../lib/composerFocus'
import { useT } from '../lib/i18n'
import type { User } from '../lib/types'
import { Alert } from '../ui/Alert'
import { Button } from '../ui/Button'
import { Dialog } from '../ui/Dialog'
import { Spinner } from '../ui/Spinner'
import { beginWith } from './direct'
import { PersonChoice } from './PersonChoice'
import { usePeople } from './usePeople'

const MOST = 8

/** Chooses whom to write to: one, a few, or oneself. */
export default function MessageDialog({ onClose }: { onClose: () => void }) {
  const t = useT()
  const [, navigate] = useLocation()
  const [query, setQuery] = useState('')
  const [chosen, setChosen] = useState<User[]>([])
  const { found, isLooking, problem } = usePeople(query)
  const [isAsked, setAsked] = useState(false)

  function begin(people: User[]) {
    onClose()
    navigate(`/rooms/${beginWith(people)}`)
    setTimeout(focusComposer)
  }

  /** Enter in the field takes the first that is found, where nobody was chosen. */
  function submit(event: SyntheticEvent) {
    event.preventDefault()
    if (chosen.length > 0) begin(chosen)
    else setAsked(query.trim() !== '')
  }

  // Not the first of those who were found for fewer letters.
  // biome-ignore lint/correctness/useExhaustiveDependencies: `begin` is another one at every render.
  useEffect(() => {
    if (!isAsked || isLooking) return
    setAsked(false)
    const first = found?.[0]
    if (first !== undefined) begin([first])
  }, [isAsked, isLooking, found])

  function toggle(user: User) {
    setAsked(false)
    const others = chosen.filter(({ id }) => id !== user.id)
    setChosen(others.length < chosen.length ? others : [...chosen, user])
  }

  const isChosen = (user: User) => chosen.some(({ id }) => id === user.id)
  const listed = [...chosen.filter((user) => !found?.some(({ id }) => id === user.id)), ...(found ?? [])]
  return (
    <Dialog title={t('direct.message')} description={t('newDirect.hint')} isOpen onClose={onClose}>
      <form onSubmit={submit} className="flex min-h-0 flex-col">
        <input
          type="search"
          autoFocus
          className="field shrink-0"
          aria-label={t('newDirect.find')}
          placeholder={t('newDirect.find')}
          value={query}
          onChange={(event) => {
            setAsked(false)
            setQuery(event.target.value)
          }}
          onKeyDown={(event) => {
            // A form whose button is disabled takes no Enter by itself.
            if (event.key === 'Enter' && !event.nativeEvent.isComposing) submit(event)
          }}
        />
        {problem !== null && (
          <div className="mt-3">
            <Alert>{problem}</Alert>
          </div>
        )}
        <div className="mt-3 max-h-[50dvh] min-h-32 overflow-y-auto">
          {found === null && problem === null && <Spinner />}
          {query.trim() === '' && chosen.length === 0 && (
            <button
              type="button"
              onClick={() => begin([])}
              className="flex min-h-11 w-full items-center gap-2.5 rounded-lg px-2 text-start hover:bg-hover"
            >
              <span className="grid size-7.5 place-items-center rounded-person bg-hover text-soft">
                <NotebookPen size={16} aria-hidden />
              </span>
              {t('direct.notes')}
            </button>
          )}
          {found?.length === 0 && listed.length === 0 && (
            <p className="py-4 text-center text-soft">
              {query.trim() === ''
                ? t('newDirect.nobody')
                : t('newDirect.nobodyFound', { query: query.trim() })}
            </p>
          )}
          <ul>
            {listed.map((user) => (
              <li key={user.id}>
                <PersonChoice
                  user={user}
                  isChosen={isChosen(user)}
                  isFull={chosen.length >= MOST}
                  onToggle={() => toggle(user)}
                />
              </li>
            ))}
          </ul>
        </div>
        <div className="mt-3 flex justify-end">
          <Button type="submit" disabled={chosen.length === 0}>
            {chosen.length > 1 ? t('newDirect.writeTo', { count: chosen.length }) : t('newDirect.write')}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
