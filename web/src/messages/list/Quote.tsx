import { captionOf } from '../../lib/caption'
import { useT } from '../../lib/i18n'
import { shownName } from '../../lib/people'
import { plainText } from '../../lib/plainText'
import type { Quote as Quoted } from '../../lib/quote'
import { useIsFolded } from '../../rooms/folded'
import { hueOf } from '../../ui/Avatar'
import { type Goal, jumpTo } from '../actions/jump'

interface Props {
  quote: Quoted
  roomId: number
  /** The reply, to come back to; null of one that isn't sent yet. */
  from: Goal | null
}

/** Above a reply's text, what it answers, in one line: the way there, as long as it is there. */
export default function Quote({ quote, roomId, from }: Props) {
  const t = useT()
  const { user_id, username, display_name, is_deleted, attachment } = quote
  const name = shownName({ username, display_name })
  const isFolded = useIsFolded({ ...quote, room_id: roomId })
  const edge = { borderColor: `oklch(var(--lc-person-ink) ${hueOf(user_id)})` }
  const look = `flex max-w-full items-center gap-2 border-s-2 ps-2 text-start text-sm ${attachment === null ? 'h-5.5' : 'h-button'}`
  if (is_deleted) return <p className={`${look} mb-0.5 border-line text-soft`}>{t('action.deletedQuote')}</p>
  if (isFolded)
    return <p className={`${look} mb-0.5 border-line text-soft`}>{t('message.folded', { count: 1 })}</p>
  const thumbnail =
    quote.message_type === 'image' ? (attachment?.thumbnail_path ?? attachment?.file_path) : undefined
  return (
    <button
      type="button"
      title={t('action.goTo', { name })}
      onClick={() => jumpTo({ room_id: roomId, id: quote.id, seq: quote.seq }, from)}
      style={edge}
      className={`${look} mb-0.5 hover:bg-hover coarse:min-h-button`}
    >
      {thumbnail !== undefined && (
        <img src={thumbnail} alt="" loading="lazy" className="size-tool shrink-0 rounded-md object-cover" />
      )}
      <bdi className="max-w-40 shrink-0 truncate font-semibold">{name}</bdi>
      <bdi className="min-w-0 truncate text-soft">{wordsOf(quote, t)}</bdi>
    </button>
  )
}

function wordsOf(quote: Quoted, t: ReturnType<typeof useT>): string {
  const { attachment, message_type } = quote
  const words = captionOf(quote)
  if (attachment === null || words !== '') return plainText(words) || t('message.code')
  return message_type === 'image' ? t('files.photo') : attachment.filename
}
