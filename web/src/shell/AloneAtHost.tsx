import { QrCode as QrIcon, ShieldCheck, X } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useAccount } from '../accounts/store'
import { askToClaim, useHostSettings } from '../admin/store'
import { bestToScan, bestToType, shortOf } from '../host/addressText'
import { loadAddresses } from '../host/store'
import { useT } from '../lib/i18n'
import type { Address } from '../lib/types'
import { Button, IconButton } from '../ui/Button'
import { QrCode } from '../ui/QrCode'
import { openPanel } from './panels'

/** The host's first minute: nobody is here yet, and this is how they come. */
export default function AloneAtHost() {
  const t = useT()
  const [addresses, setAddresses] = useState<Address[]>([])
  useEffect(() => void loadAddresses().then(setAddresses, () => undefined), [])
  const scanned = bestToScan(addresses)
  const typed = bestToType(addresses)
  return (
    <div className="m-auto grid max-w-sm justify-items-center gap-3 px-6 py-6 text-center">
      <p className="font-voice text-lg font-semibold">{t('shell.alone')}</p>
      {scanned !== undefined && <QrCode address={scanned} className="size-44 rounded-xl p-1" />}
      {typed !== undefined && (
        <p className="text-soft">
          {t('shell.aloneHint')} <strong className="break-all text-ink">{shortOf(typed.url)}</strong>
        </p>
      )}
      <Button onClick={() => openPanel('invite')}>
        <QrIcon size={16} aria-hidden />
        {t('invite.title')}
      </Button>
      <ClaimLine />
    </div>
  )
}

/** Whoever sits at the host may run it; for now, nobody does. */
function ClaimLine() {
  const t = useT()
  const [isDismissed, setDismissed] = useState(false)
  const isAdmin = useAccount((state) => state.user?.is_admin === true)
  const canClaim = useHostSettings((state) => state.canClaim)
  useEffect(() => {
    if (!isAdmin) void askToClaim()
  }, [isAdmin])
  if (isAdmin || !canClaim || isDismissed) return null
  return (
    <div className="mt-3 flex items-center gap-1 rounded-xl border border-line ps-3 text-sm">
      <ShieldCheck size={16} className="shrink-0 text-soft" aria-hidden />
      <Button look="quiet" className="px-2! text-accent!" onClick={() => openPanel('claim')}>
        {t('shell.claimNow')}
      </Button>
      <IconButton label={t('ui.close')} onClick={() => setDismissed(true)}>
        <X size={16} />
      </IconButton>
    </div>
  )
}
