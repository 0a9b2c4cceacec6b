import { useStatuses } from '../lib/people'

/** Beside a name: the emoji of what its bearer says of themselves, and the words with it. */
export function StatusMark({ id }: { id: number }) {
  const status = useStatuses((state) => state.byId[id])
  if (status === undefined || status === null || status.emoji === null) return null
  if (status.until !== null && Date.parse(status.until) <= Date.now()) return null
  const words = status.text === '' ? status.emoji : status.text
  return (
    <span role="img" className="shrink-0" title={words} aria-label={words}>
      {status.emoji}
    </span>
  )
}
