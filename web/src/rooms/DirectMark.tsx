import { NotebookPen, Users } from 'lucide-react'
import { shownName } from '../lib/people'
import { Avatar } from '../ui/Avatar'
import { isNotes, partnerIn } from './direct'
import type { Room } from './store'

/** Whose room it is: the other's face, or a sign for several people and for notes. */
export function DirectMark({ room }: { room: Room }) {
  const partner = partnerIn(room)
  if (partner !== undefined) {
    const { id, username, display_name, avatar_url, is_online } = partner
    return (
      <Avatar
        id={id}
        name={shownName({ username, display_name })}
        url={avatar_url}
        isOnline={is_online}
        isRound
      />
    )
  }
  const Icon = isNotes(room) ? NotebookPen : Users
  return (
    <span className="grid size-face shrink-0 place-items-center rounded-full bg-hover text-soft">
      <Icon size={16} aria-hidden />
    </span>
  )
}
