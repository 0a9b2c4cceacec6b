import { SendHorizontal } from 'lucide-react'
import { useRef, useState } from 'react'
import { useServer } from '../../host/store'
import { useT } from '../../lib/i18n'
import { charactersBeyond } from '../../lib/text'
import type { Message } from '../../lib/types'
import type { Room } from '../../rooms/store'
import { IconButton } from '../../ui/Button'
import { stopWriting } from '../actions/writing'
import { EmojiButton } from '../composer/EmojiButton'
import { insertText } from '../composer/insertText'
import MentionList from '../composer/MentionList'
import { MessageField } from '../composer/MessageField'
import { isSlow, usePause } from '../composer/pace'
import SlowHint from '../composer/SlowHint'
import { useAside } from '../composer/useAside'
import WritingBar from '../composer/WritingBar'
import { send } from '../state/sending'

interface Props {
  room: Room
  /** What an answer goes to unless another message was chosen. */
  answered: Message
}

/** Where one answers without leaving a chain of replies. */
export function ThreadComposer({ room, answered }: Props) {
  const t = useT()
  const [draft, writeDraft] = useState('')
  const field = useRef<HTMLTextAreaElement>(null)
  const aside = useAside({ roomId: room.id, place: 'thread', field, draft, writeDraft })
  const text = aside?.text ?? draft
  const write = aside?.write ?? writeDraft
  const limit = useServer((state) => state.info?.max_message_chars ?? 10_000)
  const excess = charactersBeyond(text, limit)
  const isEdit = aside?.writing.verb === 'edit'
  const left = usePause(room)
  const canSend = excess === 0 && (isEdit || (left === 0 && text.trim() !== ''))

  function submit() {
    if (!canSend) return
    if (isEdit) return aside.submit()
    send(room.id, text, aside?.writing.message ?? answered)
    write('')
    stopWriting()
    field.current?.focus()
  }

  const problem = aside?.problem ?? (excess > 0 ? t('composer.tooLong', { count: excess, limit }) : null)
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        submit()
      }}
      className="@container relative rounded-xl border border-field-line bg-raised focus-within:border-accent focus-within:ring-1 focus-within:ring-accent"
    >
      {/[@＠]/.test(text) && <MentionList room={room} field={field} />}
      {aside !== null && <WritingBar writing={aside.writing} onClose={aside.close} />}
      <div className="flex items-end gap-0.5 p-1 ps-2">
        <MessageField
          room={room}
          field={field}
          id="thread-composer"
          label={t('action.threadLabel')}
          text={text}
          onWrite={write}
          onEscape={aside?.close}
          onUp={() => false}
          onSubmit={submit}
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
      {isSlow(room) && <SlowHint pause={room.slow_mode} left={left} />}
      {problem !== null && (
        <p role="alert" className="px-3 pb-2 text-sm text-danger">
          {problem}
        </p>
      )}
    </form>
  )
}
