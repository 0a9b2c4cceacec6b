import { useT } from '../lib/i18n'

/** Beside the name of somebody who brought nothing else: anybody may have. */
export function GuestMark() {
  const t = useT()
  return (
    <span className="shrink-0 rounded-md bg-hover px-1.5 text-xs leading-4 text-soft">
      {t('members.guest')}
    </span>
  )
}
