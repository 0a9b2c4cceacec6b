const HUES = [152, 28, 205, 340, 48, 265, 95, 12]

/** One steady, muted colour for each user. */
function colours(id: number): { backgroundColor: string; color: string } {
  const hue = HUES[Math.abs(id) % HUES.length]
  return {
    backgroundColor: `light-dark(oklch(0.86 0.055 ${hue}), oklch(0.38 0.05 ${hue}))`,
    color: `light-dark(oklch(0.36 0.07 ${hue}), oklch(0.9 0.05 ${hue}))`,
  }
}

interface Props {
  id: number
  name: string
  size?: number // px
  isOnline?: boolean
}

export function Avatar({ id, name, size = 36, isOnline = false }: Props) {
  const letter = Array.from(name)[0]?.toUpperCase() ?? '?'
  return (
    <span className="relative inline-block shrink-0" style={{ width: size, height: size }} aria-hidden>
      <span
        className="grid size-full place-items-center rounded-[30%] font-semibold select-none"
        style={{ ...colours(id), fontSize: size * 0.42 }}
      >
        {letter}
      </span>
      {isOnline && (
        <span className="absolute -end-0.5 -bottom-0.5 size-3 rounded-full border-2 border-ground bg-online" />
      )}
    </span>
  )
}
