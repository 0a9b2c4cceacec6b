import { Check } from 'lucide-react'
import type { ReactNode } from 'react'
import type { User } from '../lib/types'
import { Avatar } from '../ui/Avatar'
import { GuestMark } from '../ui/GuestMark'

interface ChoiceProps {
  mark: ReactNode
  isChosen: boolean
  isDisabled?: boolean
  onToggle: () => void
  children: ReactNode
}

/** One of several that may be chosen together. */
export function Choice({ mark, isChosen, isDisabled = false, onToggle, children }: ChoiceProps) {
  return (
    <button
      type="button"
      aria-pressed={isChosen}
      disabled={isDisabled && !isChosen}
      onClick={onToggle}
      className="flex min-h-11 w-full items-center gap-2.5 rounded-lg px-2 text-start hover:bg-hover aria-pressed:bg-chosen disabled:opacity-50"
    >
      {mark}
      {children}
      {isChosen && <Check size={16} className="ms-auto shrink-0 text-accent" aria-hidden />}
    </button>
  )
}

interface Props {
  user: User
  isChosen: boolean
  isFull: boolean
  onToggle: () => void
}

export function PersonChoice({ user, isChosen, isFull, onToggle }: Props) {
  const name = user.display_name ?? user.username
  return (
    <Choice
      mark={<Avatar id={user.id} name={name} url={user.avatar_url} size={30} isOnline={user.is_online} />}
      isChosen={isChosen}
      isDisabled={isFull}
      onToggle={onToggle}
    >
      <span className="min-w-0 truncate">
        <bdi>{name}</bdi>
        {user.display_name !== null && <span className="ms-2 text-sm text-soft">{user.username}</span>}
      </span>
      {user.is_guest && <GuestMark />}
    </Choice>
  )
}
