import { Check, Plus } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useT } from '../lib/i18n'
import { fitOfPerson, folded, likeliest } from '../lib/names'
import { shownName } from '../lib/people'
import type { Member } from '../lib/types'
import { useAction } from '../lib/useAction'
import { addMember } from '../rooms/order'
import type { Room } from '../rooms/store'
import { Alert } from '../ui/Alert'
import { Avatar } from '../ui/Avatar'
import { Button } from '../ui/Button'
import { Dialog } from '../ui/Dialog'
import { GuestMark } from '../ui/GuestMark'
import { Spinner } from '../ui/Spinner'
import { loadStrangers, usePresence } from './store'

const SHOWN = 50

/** Brings people in whom I know from other rooms. */
export default function AddPeople({ room, onClose }: { room: Room; onClose: () => void }) {
  const t = useT()
  const { run, problem } = useAction()
  const [known, setKnown] = useState<Member[] | null>(null)
  const [query, setQuery] = useState('')
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked once; who is added stays in sight.
  useEffect(() => void run(() => loadStrangers(room.id).then(setKnown)), [room.id])
  const wanted = folded(query.trim())
  const found = likeliest(known ?? [], (person) => fitOfPerson(wanted, person))
  return (
    <Dialog
      title={t('order.addTitle', { room: room.name })}
      description={t('order.addHint')}
      isOpen
      onClose={onClose}
    >
      <input
        type="search"
        autoFocus
        className="field shrink-0"
        aria-label={t('order.find')}
        placeholder={t('order.find')}
        value={query}
        onChange={(event) => setQuery(event.target.value)}
      />
      {problem !== null && (
        <div className="mt-3">
          <Alert>{problem}</Alert>
        </div>
      )}
      <div className="mt-3 min-h-24">
        {known === null && problem === null && <Spinner />}
        {known !== null && found.length === 0 && (
          <p className="py-4 text-center text-soft">
            {wanted === '' ? t('order.nobodyLeft') : t('order.nobodyFound', { query: query.trim() })}
          </p>
        )}
        <ul className="space-y-1.5">
          {found.slice(0, SHOWN).map((person) => (
            <Person
              key={person.id}
              person={person}
              roomId={room.id}
              onAdd={() => void run(() => addMember(room.id, person.id))}
            />
          ))}
        </ul>
      </div>
    </Dialog>
  )
}

function Person({ person, roomId, onAdd }: { person: Member; roomId: number; onAdd: () => void }) {
  const t = useT()
  const { id, avatar_url } = person
  const name = shownName(person)
  const isIn = usePresence((state) => state.members[roomId]?.some((member) => member.id === id) ?? false)
  return (
    <li className="flex min-h-11 items-center gap-2.5">
      <Avatar id={id} name={name} url={avatar_url} size={28} />
      <span dir="auto" className="min-w-0 truncate">
        {name}
      </span>
      {person.is_guest && <GuestMark />}
      <Button
        look={isIn ? 'quiet' : 'outline'}
        // Not disabled, or the focus would be nowhere.
        aria-disabled={isIn}
        className="ms-auto h-8! shrink-0 px-3! text-sm aria-disabled:text-soft coarse:h-11!"
        onClick={() => !isIn && onAdd()}
      >
        {isIn ? <Check size={16} aria-hidden /> : <Plus size={16} aria-hidden />}
        <span aria-hidden>{t(isIn ? 'order.added' : 'order.addOne')}</span>
        <span className="sr-only">{t(isIn ? 'order.addedNamed' : 'order.addNamed', { name })}</span>
      </Button>
      <span className="sr-only" aria-live="polite">
        {isIn && t('order.addedNamed', { name })}
      </span>
    </li>
  )
}
