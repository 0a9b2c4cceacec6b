import { useState } from 'react'

/** At least 28° apart, so that neighbours differ. */
const HUES = [152, 28, 208, 328, 58, 268, 92, 0, 238, 122, 298, 180]

/** One and the same for whoever, or whichever room, has this id. */
export const hueOf = (id: number): number => HUES[Math.abs(id) % HUES.length] ?? 0

/** One steady, muted colour for each user. */
function colours(id: number): { backgroundColor: string; color: string } {
  const hue = hueOf(id)
  return {
    backgroundColor: `oklch(var(--lc-person) ${hue})`,
    color: `oklch(var(--lc-person-ink) ${hue})`,
  }
}

/** Chinese names begin with the family's, or with the 小 of half a class: their last two characters tell them apart. */
export function initialsOf(name: string): string {
  const characters = Array.from(name)
  if (characters.length > 1 && characters.every((one) => /\p{Script=Han}/u.test(one)))
    return characters.slice(-2).join('')
  return characters[0]?.toUpperCase() ?? '?'
}

interface Props {
  id: number
  name: string
  /** Of their picture; without one, or where it doesn't come, their initials stand. */
  url?: string | null
  /** In px; as a row's face if it isn't said: smaller where rows stand close together. */
  size?: number | 'face'
  isOnline?: boolean
  /** Among the faces of rooms, which have corners. */
  isRound?: boolean
}

export function Avatar({ id, name, url = null, size = 'face', isOnline = false, isRound = false }: Props) {
  const initials = initialsOf(name)
  const shape = isRound ? 'rounded-full' : 'rounded-person'
  const side = size === 'face' ? 'var(--face)' : `${size}px`
  return (
    <span className="relative inline-block shrink-0" style={{ width: side, height: side }} aria-hidden>
      <span
        className={`grid size-full place-items-center font-semibold select-none ${shape}`}
        style={{ ...colours(id), fontSize: `calc(${side} * ${initials.length > 1 ? 0.36 : 0.42})` }}
      >
        {initials}
      </span>
      {url !== null && <Picture key={url} url={url} isSmall={size === 'face' || size <= 40} shape={shape} />}
      {isOnline && (
        <span className="absolute -end-0.5 -bottom-0.5 size-3 rounded-full border-2 border-ground bg-online" />
      )}
    </span>
  )
}

/** Over what stands where it doesn't come. `shape`: of its corners, a class. */
export function Picture({ url, isSmall, shape }: { url: string; isSmall: boolean; shape: string }) {
  const [isBroken, setBroken] = useState(false)
  if (isBroken) return null
  return (
    <img
      src={isSmall ? `${url}?s=64` : url}
      alt=""
      loading="lazy"
      draggable={false}
      onError={() => setBroken(true)}
      className={`absolute inset-0 size-full object-cover ${shape}`}
    />
  )
}
