import {
  type ClipboardEventHandler,
  type KeyboardEvent,
  type RefObject,
  useEffect,
  useLayoutEffect,
} from 'react'
import { hasCoarsePointer } from '../../lib/capabilities'
import { COMPOSER, focusComposer } from '../../lib/composerFocus'
import { useT } from '../../lib/i18n'
import { useMedia } from '../../lib/useMedia'
import { stopTyping } from '../../presence/typing'
import { useRoomTitle } from '../../rooms/roomTitle'
import type { Room } from '../../rooms/store'

interface Props {
  room: Room
  field: RefObject<HTMLTextAreaElement | null>
  text: string
  onWrite: (text: string) => void
  onSubmit: () => void
  /** Undefined where there is nothing to leave. */
  onEscape: (() => void) | undefined
  /** From an empty field; whether it did something. */
  onUp: () => boolean
  onPaste?: ClipboardEventHandler
  /** Of a message box beside the room's own. */
  id?: string
  label?: string
}

/** Where a message is written: as high as its text, up to a part of the screen; empty, it is one line. */
export function MessageField(props: Props) {
  const { room, field, text, onWrite, onSubmit, onEscape, onUp, onPaste, id = COMPOSER, label } = props
  const t = useT()
  const name = useRoomTitle(room)
  const isNarrow = useMedia('(max-width: 48rem)')
  useHeightOfText(field, text)
  useCaretAtOpening(field, id)

  // Enter also picks a candidate in a Chinese input method (229 in older ones): never send while composing.
  function onKeyDown(event: KeyboardEvent) {
    if (event.nativeEvent.isComposing || event.keyCode === 229) return
    const isPlain = !event.shiftKey && !event.altKey && !event.ctrlKey && !event.metaKey
    if (event.key === 'Escape' && onEscape !== undefined) return onEscape()
    if (event.key === 'ArrowUp' && isPlain && text === '' && onUp()) return event.preventDefault()
    if (event.key !== 'Enter' || event.shiftKey || hasCoarsePointer()) return
    event.preventDefault()
    onSubmit()
  }

  return (
    <textarea
      id={id}
      data-testid={id}
      ref={field}
      rows={1}
      dir="auto"
      value={text}
      aria-label={label ?? t('composer.label', { room: name })}
      placeholder={
        label !== undefined
          ? label
          : isNarrow
            ? t('composer.short')
            : t('composer.placeholder', { room: name })
      }
      enterKeyHint={hasCoarsePointer() ? 'enter' : 'send'}
      onChange={(event) => onWrite(event.target.value)}
      onKeyDown={onKeyDown}
      onPaste={onPaste}
      onBlur={() => stopTyping(room.id)}
      // A placeholder counts as text where heights are concerned: it stays on one line.
      className="field-sizing-content max-h-[40dvh] min-h-button min-w-0 flex-1 resize-none bg-transparent px-1.5 py-1.75 text-field outline-none placeholder-shown:overflow-hidden placeholder-shown:text-ellipsis placeholder-shown:whitespace-nowrap placeholder:text-soft coarse:min-h-touch coarse:py-2.5 md:text-base @max-[15rem]:order-first @max-[15rem]:basis-full"
    />
  )
}

/** With a mouse, whoever opens a room can write at once; what is already there is written on, not in front of. */
function useCaretAtOpening(field: RefObject<HTMLTextAreaElement | null>, id: string): void {
  useEffect(() => {
    const length = field.current?.value.length ?? 0
    field.current?.setSelectionRange(length, length)
    focusComposer(id)
  }, [field, id])
}

const FOLLOWS_BY_ITSELF = globalThis.CSS?.supports('field-sizing', 'content') ?? false

/** Reading a height makes the browser lay the whole page out: only where it can't size the field by itself. */
function useHeightOfText(field: RefObject<HTMLTextAreaElement | null>, text: string): void {
  useLayoutEffect(() => {
    const area = field.current
    if (area === null || FOLLOWS_BY_ITSELF) return
    area.style.height = 'auto'
    if (text !== '') area.style.height = `${area.scrollHeight}px`
  }, [text, field])
}
