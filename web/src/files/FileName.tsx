/** A file's name and kind, readable where there is little room. */

const END = 10 // characters; a dot, a kind and what stands before them

/** Cut in the middle: what tells one file from the next stands at its end. */
export function FileName({ name }: { name: string }) {
  const characters = Array.from(name)
  const head = characters.slice(0, -END).join('')
  return (
    <bdi aria-hidden className="flex min-w-0 font-medium" title={name}>
      <span className="truncate whitespace-pre">{head}</span>
      <span className="shrink-0 whitespace-pre">{characters.slice(-END).join('')}</span>
    </bdi>
  )
}

/** By kinds that people tell apart at a glance; each with a hue of its own. */
const KINDS: [RegExp, number][] = [
  [/^(pdf)$/, 25],
  [/^(docx?|odt|rtf|pages|txt|md)$/, 250],
  [/^(xlsx?|ods|csv|numbers)$/, 150],
  [/^(pptx?|odp|key)$/, 50],
  [/^(zip|rar|7z|gz|tar|xz)$/, 90],
  [/^(mp3|wav|flac|ogg|m4a|mp4|mov|mkv|webm|avi)$/, 310],
]

export function FileTag({ name }: { name: string }) {
  const kind = /\.([a-z0-9]{1,5})$/i.exec(name)?.[1]?.toLowerCase() ?? ''
  const hue = KINDS.find(([pattern]) => pattern.test(kind))?.[1]
  const colours =
    hue === undefined
      ? { backgroundColor: 'var(--c-hover)', color: 'var(--c-ink)' }
      : {
          backgroundColor: `oklch(var(--lc-room) ${hue})`,
          color: `oklch(var(--lc-room-ink) ${hue})`,
        }
  return (
    <span
      aria-hidden
      style={colours}
      className="grid h-9 w-11 shrink-0 place-items-center rounded-md text-xs font-semibold uppercase"
    >
      {kind === '' ? '·' : kind}
    </span>
  )
}
