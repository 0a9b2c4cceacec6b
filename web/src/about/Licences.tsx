import { useT } from '../lib/i18n'
import { useAction } from '../lib/useAction'
import { Alert } from '../ui/Alert'
import { Button } from '../ui/Button'
import { Spinner } from '../ui/Spinner'
import { readLicences, useLicences } from './licenceTexts'

export function Licences() {
  const t = useT()
  const licences = useLicences((state) => state.licences)
  const { run, isBusy, problem } = useAction()
  if (licences === 'elsewhere') return <p className="text-sm text-soft">{t('about.fromSources')}</p>
  if (typeof licences === 'object')
    return (
      <textarea
        readOnly
        value={licences.text}
        aria-label={t('about.licences')}
        className="h-[45dvh] resize-none rounded-lg bg-ground p-3 font-mono text-xs"
      />
    )
  return (
    <>
      {problem !== null && <Alert>{problem}</Alert>}
      <Button look="outline" className="w-full" disabled={isBusy} onClick={() => void run(readLicences)}>
        {isBusy ? <Spinner /> : t('about.licences')}
      </Button>
    </>
  )
}
