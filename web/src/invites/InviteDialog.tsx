import { Presentation, Stethoscope } from 'lucide-react'
import { useEffect, useState } from 'react'
import { AddressChoices } from '../host/AddressChoices'
import { bestToScan, bestToType, shortOf } from '../host/addressText'
import { loadAddresses, useServer } from '../host/store'
import { asChatError } from '../lib/errors'
import { errorText } from '../lib/errorText'
import { useT } from '../lib/i18n'
import type { Address } from '../lib/types'
import { Alert } from '../ui/Alert'
import { Button } from '../ui/Button'
import { CopyButton } from '../ui/CopyButton'
import { Dialog } from '../ui/Dialog'
import { QrCode } from '../ui/QrCode'
import { Spinner } from '../ui/Spinner'
import { NewcomerCount } from './NewcomerCount'
import { watchNewcomers } from './newcomers'
import { Projector } from './Projector'

interface Props {
  onClose: () => void
  /** Leads to the doctor, where this person may ask him. */
  onTrouble?: (() => void) | undefined
}

/** How somebody else gets in: the address to type, the code to scan, and who has come in so far. */
export default function InviteDialog({ onClose, onTrouble }: Props) {
  const t = useT()
  const [addresses, setAddresses] = useState<Address[] | null>(null)
  const [problem, setProblem] = useState('')
  useEffect(() => {
    loadAddresses().then(setAddresses, (reason) => setProblem(errorText(asChatError(reason))))
  }, [])
  useEffect(() => watchNewcomers(null), [])
  return (
    <Dialog title={t('invite.title')} description={t('invite.hint')} isOpen onClose={onClose}>
      {problem !== '' && <Alert>{problem}</Alert>}
      {addresses === null && problem === '' && <Spinner />}
      {addresses?.length === 0 && <p className="text-soft">{t('invite.nobody')}</p>}
      {addresses !== null && addresses.length > 0 && <Invitation addresses={addresses} />}
      {onTrouble !== undefined && (
        <Button look="quiet" className="mt-3 self-center text-soft" onClick={onTrouble}>
          <Stethoscope size={16} aria-hidden />
          {t('invite.trouble')}
        </Button>
      )}
    </Dialog>
  )
}

function Invitation({ addresses }: { addresses: Address[] }) {
  const t = useT()
  const host = useServer((state) => state.info?.name)
  const [chosen, setChosen] = useState(bestToScan(addresses))
  const [isProjected, setProjected] = useState(false)
  const typed = bestToType(addresses)
  if (chosen === undefined || typed === undefined) return null
  return (
    <>
      <QrCode address={chosen} className="size-52 rounded-xl p-1" />
      <div className="mt-3 flex items-center justify-center gap-3">
        <p className="min-w-0 font-mono text-lg font-semibold break-all select-all">{shortOf(typed.url)}</p>
        <CopyButton text={typed.url} />
      </div>
      <AddressChoices addresses={addresses} chosen={chosen} onChoose={setChosen} />
      <p className="mt-3 text-sm text-soft">{t('invite.wifi')}</p>
      <footer className="mt-4 flex flex-wrap items-center justify-between gap-3 border-t border-line pt-4">
        <NewcomerCount className="flex-1 basis-36" />
        <Button look="outline" onClick={() => setProjected(true)}>
          <Presentation size={16} aria-hidden />
          {t('invite.project')}
        </Button>
      </footer>
      {isProjected && (
        <Projector
          heading={host ?? 'LanChat'}
          scanned={chosen}
          typed={typed}
          onClose={() => setProjected(false)}
        />
      )}
    </>
  )
}
