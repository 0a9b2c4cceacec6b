import { currentUser } from '../../accounts/store'
import { COMPOSER } from '../../lib/composerFocus'
import { goneText } from '../../lib/goneText'
import { useT } from '../../lib/i18n'
import type { Message } from '../../lib/types'
import { useRecalls } from '../actions/recall'
import { insertText } from '../composer/insertText'

const MANY = 3

/** What is left of messages in a row that were taken back: a line each, or one for all. */
export function GoneLine({ messages }: { messages: Message[] }) {
  const t = useT()
  const isMany = messages.length >= MANY
  return (
    <div className="column px-2 py-1 text-sm text-soft">
      {isMany && <p className="ps-12">{t('message.goneMany', { count: messages.length })}</p>}
      {!isMany && messages.map((message) => <Gone key={message.id} message={message} />)}
    </div>
  )
}

function Gone({ message }: { message: Message }) {
  const t = useT()
  const text = useRecalls((state) => state.texts[message.id])
  return (
    <p className="ps-12 wrap-anywhere" data-testid={`gone-${message.id}`}>
      {goneText(t, message, currentUser()?.id ?? 0)}
      {text !== undefined && (
        <>
          {' · '}
          <button
            type="button"
            onClick={() => insertText(document.querySelector<HTMLTextAreaElement>(`#${COMPOSER}`), text)}
            className="min-h-6 font-medium text-accent underline underline-offset-2 coarse:min-h-11"
          >
            {t('message.editAgain')}
          </button>
        </>
      )}
    </p>
  )
}
