import { useT } from '../../lib/i18n'
import type { Verb } from './verbs'

/** A verb, and below it why it can't be done any more. */
export function Said({ verb, reason }: { verb: Verb; reason: string | null }) {
  const t = useT()
  if (reason === null) return t(`action.${verb}`)
  return (
    <span className="min-w-0">
      <span className="block">{t(`action.${verb}`)}</span>
      <span className="block max-w-56 text-xs text-balance text-soft">{reason}</span>
    </span>
  )
}
