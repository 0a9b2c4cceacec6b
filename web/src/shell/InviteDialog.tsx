import { useEffect, useState } from 'react'
import { loadAddresses } from '../accounts/server'
import { asChatError } from '../lib/errors'
import { useT } from '../lib/i18n'
import { errorText } from '../lib/sentences'
import type { Address } from '../lib/types'
import { Alert } from '../ui/Alert'
import { Dialog } from '../ui/Dialog'
import { Spinner } from '../ui/Spinner'

/** How somebody else gets in: the address to type, and the code to scan. */
export default function InviteDialog({ onClose }: { onClose: () => void }) {
  const t = useT()
  const [addresses, setAddresses] = useState<Address[] | null>(null)
  const [problem, setProblem] = useState('')
  const [chosen, setChosen] = useState(0)
  useEffect(() => {
    loadAddresses().then(setAddresses, (reason) => setProblem(errorText(asChatError(reason))))
  }, [])
  const shown = addresses?.[chosen]
  return (
    <Dialog title={t('invite.title')} description={t('invite.hint')} isOpen onClose={onClose}>
      {problem !== '' && <Alert>{problem}</Alert>}
      {addresses === null && problem === '' && <Spinner />}
      {addresses?.length === 0 && <p className="text-soft">{t('invite.nobody')}</p>}
      {shown !== undefined && <Code address={shown} />}
      {addresses !== null && addresses.length > 1 && (
        <ul className="mt-3 space-y-1">
          {addresses.map((address, index) => (
            <li key={address.url}>
              <button
                type="button"
                aria-pressed={index === chosen}
                onClick={() => setChosen(index)}
                className="w-full rounded-lg px-3 py-2 text-start font-mono text-sm hover:bg-tint aria-pressed:bg-tint coarse:min-h-11"
              >
                {address.url}
              </button>
            </li>
          ))}
        </ul>
      )}
    </Dialog>
  )
}

function Code({ address }: { address: Address }) {
  const t = useT()
  return (
    <figure className="text-center">
      {/* Dark on white in both themes: cameras want it so. */}
      <img
        src={`data:image/svg+xml,${encodeURIComponent(address.qr)}`}
        alt={t('invite.code', { url: address.url })}
        className="mx-auto size-56 rounded-xl bg-white p-2"
      />
      <figcaption className="mt-3 select-all break-all font-mono text-lg font-semibold">
        {address.url.replace('http://', '')}
      </figcaption>
    </figure>
  )
}
