import { CircleAlert, CircleCheck } from 'lucide-react'
import { useEffect } from 'react'
import { useServer } from '../host/store'
import { useT } from '../lib/i18n'
import { whenWaking } from '../lib/wakeUp'
import { Button } from '../ui/Button'
import { checkTrust, secureOrigin, useSecure } from './store'

/** The link to HTTPS, and whether this browser would follow it without a warning. */
export function OpenSecure() {
  const t = useT()
  const reached = useSecure((state) => state.reached)
  const port = useServer((state) => state.info?.https_port)
  const origin = secureOrigin() ?? ''
  useEffect(() => {
    void checkTrust()
    // Back from the system's settings.
    return whenWaking(() => void checkTrust())
  }, [])

  return (
    <>
      <p className="text-soft">{t('secure.anew')}</p>
      <a
        href={origin}
        className={`mt-3 inline-flex min-h-10 max-w-full items-center rounded-lg px-4 py-2 font-medium break-all coarse:min-h-11 ${reached === 'answers' ? 'bg-accent text-on-accent hover:bg-accent-deep' : 'border border-line bg-raised hover:bg-hover'}`}
      >
        {t('secure.open', { url: origin })}
      </a>
      <div className="mt-3 flex flex-wrap items-center gap-x-3 gap-y-1">
        <p
          role="status"
          data-testid="reached"
          data-reached={reached}
          className="flex items-start gap-2 text-sm"
        >
          {reached === 'answers' && (
            <CircleCheck size={16} className="mt-px shrink-0 text-accent" aria-hidden />
          )}
          {reached === 'refuses' && (
            <CircleAlert size={16} className="mt-px shrink-0 text-soft" aria-hidden />
          )}
          {t(`secure.reach_${reached}`, { port: port ?? '' })}
        </p>
        {reached !== 'checking' && (
          <Button look="outline" className="text-sm" onClick={() => void checkTrust()}>
            {t('secure.again')}
          </Button>
        )}
      </div>
    </>
  )
}
