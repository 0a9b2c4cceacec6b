import { ChevronLeft } from 'lucide-react'
import { Link } from 'wouter'
import { useT } from '../lib/i18n'

/** On a phone, where the list is a page of its own. */
export function BackToList() {
  const t = useT()
  return (
    <Link
      href="/"
      aria-label={t('rooms.backToList')}
      className="grid size-touch shrink-0 place-items-center rounded-lg text-soft hover:bg-hover md:hidden"
    >
      <ChevronLeft size={20} aria-hidden />
    </Link>
  )
}

/** The bar over whatever the room's pane shows. */
export const PANE_HEADER =
  'flex min-h-14 flex-wrap items-center gap-1 border-b border-line pt-[env(safe-area-inset-top)] ps-2 pe-2 md:ps-5'
