import { useId, useState } from 'react'
import { useT } from '../lib/i18n'
import { SYSTEMS, type System, systemOf } from './store'

/** The steps for the system in front of us; the others are a click away. */
export function Steps() {
  const t = useT()
  const label = useId()
  const [system, setSystem] = useState<System>(() => systemOf(navigator))
  const own = systemOf(navigator)
  const ordered = [own, ...SYSTEMS.filter((other) => other !== own)]
  return (
    <>
      <p id={label} className="sr-only">
        {t('secure.system')}
      </p>
      <fieldset aria-labelledby={label} className="-ms-3 flex flex-wrap gap-1 text-sm">
        {ordered.map((each) => (
          <button
            key={each}
            type="button"
            aria-pressed={each === system}
            onClick={() => setSystem(each)}
            className="h-9 rounded-lg px-3 text-soft hover:bg-hover aria-pressed:bg-chosen aria-pressed:font-medium aria-pressed:text-ink coarse:h-11"
          >
            {t(`secure.system_${each}`)}
          </button>
        ))}
      </fieldset>
      <ol className="mt-3 list-decimal space-y-2 ps-5 marker:text-soft">
        {t(`secure.steps.${system}`)
          .split('\n')
          .map((step) => (
            <li key={step}>{step}</li>
          ))}
      </ol>
    </>
  )
}
