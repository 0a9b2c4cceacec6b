import { SendHorizontal } from 'lucide-react'
import { type ClipboardEvent, Suspense, useEffect, useRef, useState } from 'react'
import { FileButton } from '../../files/FileButton'
import { hasLarge, sendChosen, takeChosen, useUploads } from '../../files/store'
import { takeFiles } from '../../files/takeFiles'
import { useServer } from '../../host/store'
import { useT } from '../../lib/i18n'
import { later } from '../../lib/later'
import { useConnection } from '../../lib/socket'
import { charactersBeyond } from '../../lib/text'
import { startTyping, stopTyping } from '../../presence/typing'
import { draftIn, saveDrafts, setDraft } from '../../rooms/drafts'
import type { Room } from '../../rooms/store'
import { IconButton } from '../../ui/Button'
import { laterAction } from '../actions/sentences'
import { stopWriting } from '../actions/writing'
import { backToEnd } from '../state/around'
import { keepFiles, send, sendFiles } from '../state/sending'
import { EmojiButton } from './EmojiButton'
import { giveBack } from './giveBack'
import { insertText } from './insertText'
import { MessageField } from './MessageField'
import { isSlow, usePause } from './pace'
import { pastedFiles } from './paste'
import { editLast, useAside } from './useAside'

const ChosenFiles = later(() => import('../../files/ChosenFiles'))
const SlowHint = later(() => import('./SlowHint'))
const PastedFiles = later(() => import('./PastedFiles'))
const MentionList = laterAction(() => import('./MentionList'))
const WritingBar = laterAction(() => import('./WritingBar'))

export function Composer({ room }: { room: Room }) {
  const t = useT()
  const [draft, writeDraft] = useDraft(room.id)
  const [offered, setOffered] = useState<File[]>([])
  const field = useRef<HTMLTextAreaElement>(null)
  const hasFiles = useUploads((state) =>
    state.uploads.some((u) => u.roomId === room.id && u.state === 'chosen'),
  )
  const aside = useAside({ roomId: room.id, place: 'room', field, draft, writeDraft })
  const text = aside?.text ?? draft
  const write = aside?.write ?? writeDraft
  const isEdit = aside?.writing.verb === 'edit'
  const limit = useServer((state) => state.info?.max_message_chars ?? 10_000)
  const excess = charactersBeyond(text, limit)
  const hasText = text.trim() !== '' && excess === 0
  const left = usePause(room)
  const canSend = excess === 0 && (isEdit || (left === 0 && (hasText || hasFiles)))

  function submit() {
    if (!canSend) return
    if (isEdit) return aside.submit()
    backToEnd(room.id)
    const answered = aside?.writing.message
    if (hasFiles && (hasLarge(room.id) || !useConnection.getState().isUp))
      takeChosen(room.id).forEach((files, place) => {
        keepFiles(room.id, files, place === 0 ? text : '', place === 0 ? answered : undefined)
      })
    else if (hasFiles)
      void sendChosen(room.id, (files, place) => {
        const words = place === 0 ? text : ''
        if (files.length === 0) giveBack(room.id, words)
        else sendFiles(room.id, files, words, place === 0 ? answered : undefined)
      })
    else send(room.id, text, answered)
    if (hasText) {
      write('')
      if (aside === null) saveDrafts()
    }
    stopWriting()
    setOffered([])
    stopTyping(room.id)
    field.current?.focus()
  }

  function onPaste(event: ClipboardEvent) {
    const { files, isAll } = pastedFiles(event.clipboardData)
    if (!isAll) return setOffered(files)
    event.preventDefault()
    takeFiles(room.id, files)
  }

  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        submit()
      }}
      className="@container relative rounded-xl border border-field-line bg-raised focus-within:border-accent focus-within:ring-1 focus-within:ring-accent"
    >
      <Suspense>
        {offered.length > 0 && (
          <PastedFiles onTake={() => takeFiles(room.id, offered)} onClose={() => setOffered([])} />
        )}
        {/[@＠]/.test(text) && <MentionList room={room} field={field} />}
        {aside !== null && <WritingBar writing={aside.writing} onClose={aside.close} />}
        {hasFiles && <ChosenFiles roomId={room.id} />}
      </Suspense>
      <div className="flex flex-wrap items-end gap-0.5 p-1">
        <FileButton roomId={room.id} />
        <MessageField
          room={room}
          field={field}
          text={text}
          onWrite={write}
          onEscape={aside?.close}
          onUp={() => aside === null && editLast(room.id)}
          onSubmit={submit}
          onPaste={onPaste}
        />
        <EmojiButton onPick={(emoji) => insertText(field.current, emoji)} />
        <IconButton
          type="submit"
          label={t('composer.send')}
          disabled={!canSend}
          className="enabled:text-accent"
        >
          <SendHorizontal size={20} />
        </IconButton>
      </div>
      <Suspense>{isSlow(room) && <SlowHint pause={room.slow_mode} left={left} />}</Suspense>
      {aside?.problem && (
        <p role="alert" className="px-3 pb-2 text-sm text-danger">
          {aside.problem}
        </p>
      )}
      {excess > 0 && (
        <p role="alert" className="px-3 pb-2 text-sm text-danger">
          {t('composer.tooLong', { count: excess, limit })}
        </p>
      )}
    </form>
  )
}

/** Held here while it grows; the store of drafts follows a moment later, and at once when the room is left. */
function useDraft(roomId: number): [string, (text: string) => void] {
  const [text, setText] = useState(() => draftIn(roomId))
  useEffect(() => saveDrafts, [])
  function write(next: string) {
    setText(next)
    setDraft(roomId, next)
    if (next.trim() === '') stopTyping(roomId)
    else startTyping(roomId)
  }
  return [text, write]
}
