/** Light, dark or as the system has it. `public/theme.js` does the same before the first paint. */

import { kept } from './storage'
import { deviceStore } from './stores'

export type Theme = 'light' | 'dark' | 'system'
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
  document.querySelector('meta[name=theme-color]')?.setAttribute('content', isDark ? '#1b1916' : '#faf7f1')
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
