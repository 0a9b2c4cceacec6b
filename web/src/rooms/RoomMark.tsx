import { Lock } from 'lucide-react'
import { useT } from '../lib/i18n'
import { hueOf, Picture } from '../ui/Avatar'
import { Lantern } from '../ui/Lantern'
import { roomLetters } from './roomLetters'
import type { Room } from './store'

interface Props {
  room: Pick<Room, 'id' | 'name' | 'kind' | 'is_private' | 'picture_url'>
  /** Where it is what one looks at. */
  isLarge?: boolean
}

/** A room's face: its picture, else its letters on its hue; the Lobby has the lantern, and what is locked a lock. */
export function RoomMark({ room: { id, name, kind, is_private, picture_url }, isLarge = false }: Props) {
  const t = useT()
  const hue = hueOf(id)
  const colours = {
    backgroundColor: `oklch(var(--lc-room) ${hue})`,
    color: `oklch(var(--lc-room-ink) ${hue})`,
  }
  const letters = roomLetters(name)
  const size = isLarge
    ? 'text-xl'
    : letters.length > 1
      ? 'text-sm compact:text-xs'
      : 'text-base compact:text-sm'
  const shape = isLarge ? 'rounded-2xl' : 'rounded-lg'
  return (
    <span className={`relative shrink-0 ${isLarge ? 'size-18' : 'size-face'}`}>
      <span
        aria-hidden
        className={`grid size-full place-items-center font-semibold select-none ${shape} ${size}`}
        style={kind === 'lobby' ? { backgroundColor: 'var(--c-tint)', color: 'var(--c-accent)' } : colours}
      >
        {kind === 'lobby' ? <Lantern size={isLarge ? 48 : 20} /> : letters}
      </span>
      {picture_url !== null && (
        <Picture key={picture_url} url={picture_url} isSmall={!isLarge} shape={shape} />
      )}
      {is_private && (
        <>
          <span className="absolute -end-1 -bottom-1 grid size-4.5 place-items-center rounded-full border-2 border-paper bg-soft text-paper">
            <Lock size={10} aria-hidden />
          </span>
          <span className="sr-only">{t('rooms.private')}</span>
        </>
      )}
    </span>
  )
}
