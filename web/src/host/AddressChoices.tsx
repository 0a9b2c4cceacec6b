import { useT } from '../lib/i18n'
import type { Address } from '../lib/types'
import { shortOf } from './addressText'

interface Props {
  addresses: Address[]
  chosen: Address
  onChoose: (address: Address) => void
}

/** Every address that leads here; a click puts it into the code. */
export function AddressChoices({ addresses, chosen, onChoose }: Props) {
  const t = useT()
  if (addresses.length < 2) return null
  return (
    <fieldset className="mt-3">
      <legend className="mb-1 text-sm text-soft">{t('invite.addresses')}</legend>
      <ul className="flex flex-wrap gap-1">
        {addresses.map((address) => (
          <li key={address.url}>
            <button
              type="button"
              aria-pressed={address.url === chosen.url}
              onClick={() => onChoose(address)}
              className="min-h-8 rounded-lg border border-line px-2.5 py-0.5 text-start font-mono text-sm break-all hover:bg-hover aria-pressed:border-transparent aria-pressed:bg-chosen coarse:min-h-11"
            >
              {shortOf(address.url)}
            </button>
          </li>
        ))}
      </ul>
    </fieldset>
  )
}
