import { createRoot } from 'react-dom/client'
import { takeCode } from './admin/code'
import { App } from './app'
import { desktop, whenDesktop } from './lib/desktop'
import { startI18n } from './lib/i18n'
import { watchTheme } from './lib/theme'
import './styles.css'

takeCode()
watchTheme()
await startI18n()

const root = document.getElementById('root')
if (root !== null) createRoot(root).render(<App />)

whenDesktop(() => {
  if (desktop()?.movedFrom !== undefined)
    void import('./desktop/portNotice').then(({ sayMoved }) => sayMoved())
})
