/** How an address is shown, and which of several goes into a code. */
import type { Address } from '../lib/types'

/** As people type it; browsers add the rest. */
export const shortOf = (url: string): string => new URL(url).host

/** Numbers open on every phone, names only on those that ask the network for them. */
export function bestToScan(addresses: Address[]): Address | undefined {
  return addresses.find((address) => !address.is_name) ?? addresses[0]
}

/** Names can be remembered. */
export const bestToType = (addresses: Address[]): Address | undefined => addresses[0]
