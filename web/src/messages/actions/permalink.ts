/** The address of a message, which leads to its room and shows it there. */
import { bestToScan } from '../../host/addressText'
import { loadAddresses } from '../../host/store'
import type { Message } from '../../lib/types'

const isOnlyHere = (): boolean => /^(localhost|127\..*|\[::1\])$/.test(location.hostname)

/** At the host itself by an address that the others have as well. */
export async function linkTo({ room_id, id }: Message): Promise<string> {
  const usable = isOnlyHere() ? await loadAddresses().catch(() => []) : []
  return new URL(`/r/${room_id}/m/${id}`, bestToScan(usable)?.url ?? location.origin).href
}
