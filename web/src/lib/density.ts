/** How close together rows stand. `public/theme.js` reads the same before the first paint. */
import { kept } from './storage'
import { deviceStore } from './stores'

export const DENSITIES = ['comfortable', 'compact'] as const
export type Density = (typeof DENSITIES)[number]
const KEY = 'lanchat.density'

export const useDensity = deviceStore<{ density: Density }>({
  density: kept.get(KEY) === 'compact' ? 'compact' : 'comfortable',
})

export function setDensity(density: Density): void {
  kept.set(KEY, density === 'comfortable' ? null : density)
  useDensity.setState({ density })
  document.documentElement.dataset.density = density
}
