// Runs before the first paint, so that a chosen look never flashes. Kept in step with src/lib/theme.ts and density.ts.
;(() => {
  let choice = null
  let density = null
  try {
    choice = localStorage.getItem('lanchat.theme')
    density = localStorage.getItem('lanchat.density')
  } catch {
    // Storage may be blocked; the system's theme is then used.
  }
  const isDark =
    choice === 'dark' || (choice !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches)
  document.documentElement.dataset.theme = isDark ? 'dark' : 'light'
  document.documentElement.dataset.density = density === 'compact' ? 'compact' : 'comfortable'
})()
