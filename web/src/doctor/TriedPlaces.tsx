import type { components } from '../contract'
import { useT } from '../lib/i18n'

type Place = components['schemas']['TriedPlace']

export function TriedPlaces({ places }: { places: Place[] }) {
  const t = useT()
  return (
    <section aria-labelledby="tried-places">
      <h3 id="tried-places" className="mb-1 text-sm font-medium">
        {t('doctor.places')}
      </h3>
      <ul className="divide-y divide-line">
        {places.map(({ url, tried, reached }) => (
          <li key={url} className="flex flex-wrap items-baseline justify-between gap-x-4 py-1.5 text-sm">
            <span dir="ltr" className="break-all font-mono">
              {url.replace('http://', '')}
            </span>
            <span className={tried > reached ? 'text-danger' : 'text-soft'}>
              {tried === 0 ? t('doctor.untried') : t('doctor.reached', { tried, reached })}
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}
