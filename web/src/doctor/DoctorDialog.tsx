import { useEffect } from 'react'
import { errorText } from '../lib/errorText'
import { useT } from '../lib/i18n'
import { Alert } from '../ui/Alert'
import { Button } from '../ui/Button'
import { Dialog } from '../ui/Dialog'
import { Spinner } from '../ui/Spinner'
import { Findings } from './Findings'
import { examine, useDoctor } from './store'
import { TriedPlaces } from './TriedPlaces'

/** Whoever opens it wants to know now, so it looks at once. */
export default function DoctorDialog({ onClose }: { onClose: () => void }) {
  const t = useT()
  const { isLooking, found, error } = useDoctor()
  useEffect(() => void examine(), [])
  return (
    <Dialog title={t('doctor.title')} description={t('doctor.hint')} isOpen onClose={onClose}>
      <div className="grid gap-4" aria-live="polite" aria-busy={isLooking}>
        {isLooking && (
          <p className="flex items-center gap-3 text-soft">
            <Spinner /> {t('doctor.looking')}
          </p>
        )}
        {!isLooking && error !== null && <Alert>{errorText(error)}</Alert>}
        {!isLooking && error === null && found !== null && (
          <>
            <Findings findings={found.findings} />
            {found.places.length > 0 && <TriedPlaces places={found.places} />}
          </>
        )}
      </div>
      <Button look="outline" className="mt-5 w-full" disabled={isLooking} onClick={() => void examine()}>
        {t('doctor.again')}
      </Button>
    </Dialog>
  )
}
