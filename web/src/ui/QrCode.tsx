import { useT } from '../lib/i18n'
import type { Address } from '../lib/types'

/** Dark on white in both themes: cameras want it so. */
export function QrCode({ address, className }: { address: Address; className: string }) {
  const t = useT()
  return (
    <img
      src={`data:image/svg+xml,${encodeURIComponent(address.qr)}`}
      alt={t('ui.qrCode', { url: address.url })}
      className={`mx-auto bg-white ${className}`}
    />
  )
}
