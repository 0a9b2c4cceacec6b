import { ShieldAlert } from 'lucide-react'
import { useT } from '../lib/i18n'
import { type NearbyHost, useDesk } from './store'

interface Props {
  isBusy: boolean
  onOpen: (addresses: string[]) => void
}

export function HostList({ isBusy, onOpen }: Props) {
  const t = useT()
  const hosts = useDesk((state) => state.desk?.hosts ?? NONE)
  return (
    <section aria-labelledby="nearby" className="border-t border-line pt-5">
      <h2 id="nearby" className="mb-2 text-sm font-medium">
        {t('start.nearby')}
      </h2>
      {hosts.length === 0 && <p className="text-sm text-soft">{t('start.nobody')}</p>}
      <ul className="grid gap-1">
        {hosts.map((host) => (
          <li key={`${host.id} ${host.fingerprint} ${host.urls[0]}`}>
            <HostRow host={host} isBusy={isBusy} onOpen={onOpen} />
          </li>
        ))}
      </ul>
    </section>
  )
}

const NONE: NearbyHost[] = []

function HostRow({ host, isBusy, onOpen }: Props & { host: NearbyHost }) {
  const t = useT()
  const address = host.urls[0] ?? ''
  const isChanged = host.trust === 'changed'
  return (
    <button
      type="button"
      disabled={isBusy}
      onClick={() => onOpen(host.urls)}
      className="flex w-full items-center gap-3 rounded-lg border border-line bg-raised px-3 py-2 text-start hover:bg-hover disabled:opacity-60"
    >
      <span className="min-w-0 flex-1">
        <bdi className="block truncate font-medium">{host.name}</bdi>
        <span className="block truncate text-sm text-soft">
          {isChanged ? t('start.changed') : address.replace('http://', '')}
        </span>
      </span>
      {isChanged && <ShieldAlert size={16} className="shrink-0 text-danger" aria-hidden />}
      {!isChanged && host.online > 0 && (
        <span className="text-sm text-soft">{t('start.online', { count: host.online })}</span>
      )}
    </button>
  )
}
