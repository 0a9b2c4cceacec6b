// Runs before the first paint, so that a chosen theme never flashes. Kept in step with src/lib/theme.ts.
;(() => {
  let choice = null
  try {
    choice = localStorage.getItem('lanchat.theme')
  } catch {
    // Storage may be blocked; the system's theme is then used.
  }
  const isDark =
    choice === 'dark' || (choice !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches)
  document.documentElement.dataset.theme = isDark ? 'dark' : 'light'
})()
