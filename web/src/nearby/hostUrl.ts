/** Which of a neighbour's addresses this device is led to. */
import type { Neighbour } from './store'

/** By name where this device finds this host by name too, else by number: not every device knows names. */
export function wayTo({ urls }: Neighbour): string {
  const isNamed = (url: string) => new URL(url).hostname.endsWith('.local')
  const wantsName = location.hostname.endsWith('.local')
  return urls.find((url) => isNamed(url) === wantsName) ?? urls[0] ?? ''
}
