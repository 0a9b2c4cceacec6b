import { Users } from 'lucide-react'
import { type RefObject, useEffect, useRef, useState } from 'react'
import { currentUser } from '../../accounts/store'
import { useT } from '../../lib/i18n'
import { loadMembers, usePresence } from '../../presence/store'
import type { Room } from '../../rooms/store'
import { Avatar } from '../../ui/Avatar'
import { useMessages } from '../state/timelines'
import { type Calling, type Candidate, callingAt, candidates, nameOf } from './callingAt'
import { insertText } from './insertText'

interface Props {
  room: Room
  field: RefObject<HTMLTextAreaElement | null>
}

const NOBODY: never[] = []
const RECENT = 30 // messages

/** Over the message box, whom the "@" at the caret may mean. */
export default function MentionList({ room, field }: Props) {
  const t = useT()
  const [calling, setCalling] = useCalling(field)
  const [chosen, setChosen] = useState(0)
  const found = useCandidates(room, calling)
  const id = `mentions-${field.current?.id}`
  const keys = useRef<(event: KeyboardEvent) => void>(() => undefined)
  // biome-ignore lint/correctness/useExhaustiveDependencies: another text has another first.
  useEffect(() => setChosen(0), [calling?.query])

  function take(candidate: Candidate | undefined) {
    const area = field.current
    if (area === null || calling === null || candidate === undefined) return
    area.setSelectionRange(calling.start, calling.start + 1 + calling.query.length)
    insertText(area, `@${nameOf(candidate)} `)
  }

  keys.current = (event) => {
    if (found.length === 0 || event.isComposing || event.keyCode === 229) return
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    if (step !== 0) setChosen((chosen + step + found.length) % found.length)
    else if ((event.key === 'Enter' && !event.shiftKey) || event.key === 'Tab') take(found[chosen])
    else if (event.key === 'Escape') setCalling(null)
    else return
    // The message box itself does nothing with it.
    event.preventDefault()
    event.stopPropagation()
  }
  useEffect(() => {
    const area = field.current
    const onKey = (event: KeyboardEvent) => keys.current(event)
    area?.addEventListener('keydown', onKey)
    return () => area?.removeEventListener('keydown', onKey)
  }, [field])
  useEffect(() => {
    const area = field.current
    if (area === null || found.length === 0) return
    area.setAttribute('aria-controls', id)
    area.setAttribute('aria-activedescendant', `${id}-${chosen}`)
    return () => {
      area.removeAttribute('aria-controls')
      area.removeAttribute('aria-activedescendant')
    }
  }, [field, id, chosen, found.length])

  if (found.length === 0) return null
  return (
    <div
      id={id}
      role="listbox"
      aria-label={t('action.mention')}
      className="menu absolute inset-x-0 bottom-full mb-1.5 max-w-80"
    >
      {found.map((candidate, at) => (
        <div
          key={candidate === 'all' ? 'all' : candidate.id}
          id={`${id}-${at}`}
          role="option"
          tabIndex={-1}
          aria-selected={at === chosen}
          data-highlighted={at === chosen ? '' : undefined}
          // The message box keeps the focus.
          onPointerDown={(event) => event.preventDefault()}
          onPointerEnter={(event) => event.pointerType === 'mouse' && setChosen(at)}
          onClick={() => take(candidate)}
          onKeyDown={() => undefined}
          className="menu-item cursor-default"
        >
          <Option candidate={candidate} room={room} />
        </div>
      ))}
    </div>
  )
}

function Option({ candidate, room }: { candidate: Candidate; room: Room }) {
  const t = useT()
  const online = usePresence((state) => candidate !== 'all' && state.online[candidate.id] === true)
  if (candidate === 'all')
    return (
      <>
        <Users size={20} className="mx-1 shrink-0 text-soft" aria-hidden />
        <span className="font-medium">@all</span>
        <span className="min-w-0 truncate text-sm text-soft">
          {t('action.mentionAll', { count: room.member_count })}
        </span>
      </>
    )
  const { id, username, display_name } = candidate
  return (
    <>
      <Avatar id={id} name={display_name ?? username} size={28} isOnline={online} />
      <bdi className="truncate">{display_name ?? username}</bdi>
      {display_name !== null && <bdi className="min-w-0 truncate text-sm text-soft">{username}</bdi>}
      {online && <span className="sr-only">{t('members.online')}</span>}
    </>
  )
}

function useCandidates(room: Room, calling: Calling | null): Candidate[] {
  const members = usePresence((state) => state.members[room.id])
  const online = usePresence((state) => state.online)
  const messages = useMessages((state) => state.byRoom[room.id]?.messages)
  const isUnknown = members === undefined
  useEffect(() => {
    if (isUnknown) void loadMembers(room.id).catch(() => undefined)
  }, [isUnknown, room.id])
  if (calling === null || members === undefined) return NOBODY
  const recent = [
    ...new Set(
      messages
        ?.slice(-RECENT)
        .reverse()
        .map((message) => message.user_id),
    ),
  ]
  const myId = currentUser()?.id ?? 0
  return candidates(calling.query, { members, online, recent, myId, mayCallAll: room.can.mention_all })
}

/** The mention at the caret; none while an input method composes, nor after Escape until another is begun. */
function useCalling(field: RefObject<HTMLTextAreaElement | null>) {
  const [calling, setCalling] = useState<Calling | null>(null)
  const closedAt = useRef<number | null>(null)
  useEffect(() => {
    const area = field.current
    if (area === null) return
    let isComposing = false
    function look(event?: Event) {
      if (area === null) return
      if (event?.type === 'compositionstart') isComposing = true
      if (event?.type === 'compositionend') isComposing = false
      const isHere = document.activeElement === area && area.selectionStart === area.selectionEnd
      const now = isComposing || !isHere ? null : callingAt(area.value, area.selectionStart)
      if (now === null && !isComposing) closedAt.current = null
      setCalling(now !== null && now.start === closedAt.current ? null : now)
    }
    const events = ['input', 'keyup', 'click', 'focus', 'blur', 'compositionstart', 'compositionend']
    for (const name of events) area.addEventListener(name, look)
    look()
    return () => {
      for (const name of events) area.removeEventListener(name, look)
    }
  }, [field])
  function close(next: Calling | null) {
    closedAt.current = calling?.start ?? null
    setCalling(next)
  }
  return [calling, close] as const
}
