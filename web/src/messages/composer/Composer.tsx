import { SendHorizontal } from 'lucide-react'
import { type ClipboardEvent, type KeyboardEvent, useLayoutEffect, useRef } from 'react'
import { ChosenFiles } from '../../files/ChosenFiles'
import { FileButton } from '../../files/FileButton'
import { sendChosen, useUploads } from '../../files/store'
import { takeFiles } from '../../files/takeFiles'
import { useServer } from '../../host/store'
import { hasCoarsePointer } from '../../lib/capabilities'
import { useT } from '../../lib/i18n'
import { startTyping, stopTyping } from '../../presence/typing'
import { useDraft } from '../../rooms/drafts'
import type { Room } from '../../rooms/store'
import { IconButton } from '../../ui/Button'
import { send, sendAttachment } from '../state/sending'
import { EmojiButton } from './EmojiButton'

export function Composer({ room }: { room: Room }) {
  const t = useT()
  const [draft, setDraft] = useDraft(room.id)
  const field = useRef<HTMLTextAreaElement>(null)
  const hasFiles = useUploads((state) =>
    state.uploads.some((u) => u.roomId === room.id && u.state === 'chosen'),
  )
  const limit = useServer((state) => state.info?.max_message_chars ?? 10_000)
  const isTooLong = draft.length > limit
  const canSend = (draft.trim() !== '' && !isTooLong) || hasFiles
  useHeightOfText(field, draft)

  function write(text: string) {
    setDraft(text)
    if (text.trim() === '') stopTyping(room.id)
    else startTyping(room.id)
  }

  function submit() {
    if (!canSend) return
    if (hasFiles) void sendChosen(room.id, (attachment) => sendAttachment(room.id, attachment))
    if (draft.trim() !== '' && !isTooLong) {
      send(room.id, draft)
      setDraft('')
    }
    stopTyping(room.id)
    field.current?.focus()
  }

  // Enter also picks a candidate in a Chinese input method (229 in older ones): never send while composing.
  function onKeyDown(event: KeyboardEvent) {
    if (event.key !== 'Enter' || event.shiftKey || hasCoarsePointer()) return
    if (event.nativeEvent.isComposing || event.keyCode === 229) return
    event.preventDefault()
    submit()
  }

  function onPaste(event: ClipboardEvent) {
    const files = Array.from(event.clipboardData.files)
    if (files.length === 0) return
    event.preventDefault()
    takeFiles(room.id, files)
  }

  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        submit()
      }}
      className="rounded-xl border border-line bg-raised focus-within:border-accent"
    >
      <ChosenFiles roomId={room.id} />
      <div className="flex items-end gap-0.5 p-1">
        <FileButton roomId={room.id} />
        <textarea
          id="composer"
          data-testid="composer"
          ref={field}
          rows={1}
          dir="auto"
          value={draft}
          aria-label={t('composer.label', { room: room.name })}
          placeholder={t('composer.placeholder', { room: room.name })}
          enterKeyHint={hasCoarsePointer() ? 'enter' : 'send'}
          onChange={(event) => write(event.target.value)}
          onKeyDown={onKeyDown}
          onPaste={onPaste}
          onBlur={() => stopTyping(room.id)}
          className="max-h-[40dvh] min-h-9 flex-1 resize-none bg-transparent px-1.5 py-[0.4rem] text-base outline-none placeholder:text-soft coarse:min-h-11 coarse:py-2.5 md:text-[0.9375rem]"
        />
        <EmojiButton onPick={(emoji) => write(insertAtCaret(field.current, draft, emoji))} />
        <IconButton
          type="submit"
          label={t('composer.send')}
          disabled={!canSend}
          className="enabled:text-accent"
        >
          <SendHorizontal size={20} />
        </IconButton>
      </div>
      {isTooLong && (
        <p role="alert" className="px-3 pb-2 text-sm text-danger">
          {t('composer.tooLong', { count: draft.length - limit, limit })}
        </p>
      )}
    </form>
  )
}

function insertAtCaret(field: HTMLTextAreaElement | null, text: string, added: string): string {
  const start = field?.selectionStart ?? text.length
  const end = field?.selectionEnd ?? text.length
  const caret = start + added.length
  requestAnimationFrame(() => field?.setSelectionRange(caret, caret))
  return text.slice(0, start) + added + text.slice(end)
}

function useHeightOfText(field: React.RefObject<HTMLTextAreaElement | null>, text: string): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: the height follows the text.
  useLayoutEffect(() => {
    const area = field.current
    if (area === null) return
    area.style.height = 'auto'
    area.style.height = `${area.scrollHeight}px`
  }, [text, field])
}
