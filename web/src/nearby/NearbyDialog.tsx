import { ShieldAlert } from 'lucide-react'
import { useEffect } from 'react'
import { useT } from '../lib/i18n'
import { Dialog } from '../ui/Dialog'
import { Spinner } from '../ui/Spinner'
import { wayTo } from './hostUrl'
import { type Neighbour, useNearby, watchNearby } from './store'

export default function NearbyDialog({ onClose }: { onClose: () => void }) {
  const t = useT()
  const hosts = useNearby((state) => state.hosts)
  useEffect(watchNearby, [])
  return (
    <Dialog title={t('nearby.title')} description={t('nearby.hint')} isOpen onClose={onClose}>
      {hosts === null && <Spinner />}
      {hosts?.length === 0 && <p className="text-soft">{t('nearby.nobody')}</p>}
      <ul className="grid gap-2" aria-live="polite">
        {hosts?.map((host) => (
          <li key={`${host.name} ${host.urls[0]}`}>
            {host.is_doubtful ? <Doubtful host={host} /> : <Way host={host} />}
          </li>
        ))}
      </ul>
    </Dialog>
  )
}

const ROW = 'flex min-h-14 items-center gap-3 rounded-xl border border-line px-3 py-2'

function Way({ host }: { host: Neighbour }) {
  const t = useT()
  const url = wayTo(host)
  return (
    <a href={url} className={`${ROW} hover:bg-hover`}>
      <span className="min-w-0 flex-1">
        <bdi className="block truncate font-medium">{host.name}</bdi>
        <span dir="ltr" className="block truncate text-sm text-soft">
          {url.replace('http://', '')}
        </span>
      </span>
      {host.online > 0 && (
        <span className="text-sm text-soft">{t('nearby.online', { count: host.online })}</span>
      )}
    </a>
  )
}

/** Named and explained, but no link: who follows it may tell a stranger their password. */
function Doubtful({ host }: { host: Neighbour }) {
  const t = useT()
  return (
    <div className={`${ROW} items-start bg-danger-tint`}>
      <ShieldAlert size={20} className="mt-0.5 shrink-0 text-danger" aria-hidden />
      <span className="min-w-0 flex-1">
        <bdi className="block truncate font-medium">{host.name}</bdi>
        <span className="block text-sm text-soft">{t('nearby.doubtful')}</span>
      </span>
    </div>
  )
}
