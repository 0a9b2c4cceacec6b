import { useT } from '../lib/i18n'
import { spokenName } from '../lib/spokenName'
import { type Typist, useTyping } from './typing'

const NOBODY: Typist[] = []

/** Keeps its height while nobody writes, so the composer never jumps. */
export function TypingLine({ roomId }: { roomId: number }) {
  const t = useT()
  const typists = useTyping((state) => state.byRoom[roomId] ?? NOBODY)
  const names = typists.map(spokenName)
  const [first = '', second = ''] = names
  const texts = ['', t('typing.one', { name: first }), t('typing.two', { first, second })]
  return (
    <p className="flex h-5 items-center gap-2 truncate px-1 text-xs text-soft" aria-live="off">
      {names.length > 0 && (
        <>
          <Dots />
          {texts[names.length] ?? t('typing.several')}
        </>
      )}
    </p>
  )
}

function Dots() {
  return (
    <span className="flex gap-0.5" aria-hidden>
      {[0, 150, 300].map((delay) => (
        <span
          key={delay}
          className="size-1 animate-breathe rounded-full bg-current"
          style={{ animationDelay: `${delay}ms` }}
        />
      ))}
    </span>
  )
}
