import { useT } from '../../lib/i18n'
import type { Message } from '../../lib/types'
import { unfold } from '../../rooms/blocks'

/** In place of what somebody said whom I blocked; of several in a row, one. */
export function FoldedLine({ messages }: { messages: Message[] }) {
  return (
    <p className="column px-2 py-1 ps-14 text-sm text-soft" data-testid={`folded-${messages[0]?.id}`}>
      <FoldedWords messages={messages} />
    </p>
  )
}

/** The same within a list of another kind. */
export function FoldedWords({ messages }: { messages: Message[] }) {
  const t = useT()
  return (
    <>
      {t('message.folded', { count: messages.length })}
      {' · '}
      <button
        type="button"
        onClick={() => unfold(messages)}
        className="min-h-6 font-medium text-accent underline underline-offset-2 coarse:min-h-11"
      >
        {t('message.showFolded')}
      </button>
    </>
  )
}
