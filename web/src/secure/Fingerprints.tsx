import { useT } from '../lib/i18n'
import type { Trust } from './store'

/** What two people compare, each on the screen in front of them. */
export function Fingerprints({ trust }: { trust: Trust }) {
  const t = useT()
  const rows = [
    [t('secure.key'), trust.key],
    [t('secure.sha256'), trust.sha256],
    [t('secure.sha1'), trust.sha1],
  ] as const
  return (
    <dl className="rounded-xl border border-line bg-ground p-4">
      <dt className="text-sm text-soft">{t('secure.words')}</dt>
      <dd data-testid="words" className="mt-1 text-lg leading-relaxed font-semibold [word-spacing:0.35em]">
        {trust.words}
      </dd>
      {rows.map(([label, value]) => (
        <div key={label} className="mt-3">
          <dt className="text-sm text-soft">{label}</dt>
          <dd className="mt-0.5 font-mono text-sm break-words">{value}</dd>
        </div>
      ))}
    </dl>
  )
}
