/** Light, dark or as the system has it. `public/theme.js` does the same before the first paint. */

import { kept } from './storage'
import { deviceStore } from './stores'

export const THEMES = ['light', 'dark', 'system'] as const
export type Theme = (typeof THEMES)[number]
const KEY = 'lanchat.theme'

function parse(value: string | null): Theme {
  return value === 'light' || value === 'dark' ? value : 'system'
}

export const useTheme = deviceStore<{ theme: Theme }>({ theme: parse(kept.get(KEY)) })

function apply(): void {
  const { theme } = useTheme.getState()
  const isDark =
    theme === 'dark' || (theme === 'system' && matchMedia('(prefers-color-scheme: dark)').matches)
  document.documentElement.dataset.theme = isDark ? 'dark' : 'light'
  showColour()
}

let shown = '--c-paper'

/** Under a phone's address bar, by the name of one of the styles' colours; none for the one that is there, in a new theme. */
export function showColour(name = shown): void {
  shown = name
  const colour = getComputedStyle(document.documentElement).getPropertyValue(name).trim()
  if (colour !== '') document.querySelector('meta[name=theme-color]')?.setAttribute('content', colour)
}

export function setTheme(theme: Theme): void {
  kept.set(KEY, theme === 'system' ? null : theme)
  useTheme.setState({ theme })
  apply()
}

export function watchTheme(): void {
  apply()
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', apply)
}
