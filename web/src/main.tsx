import { createRoot } from 'react-dom/client'
import { takeCode } from './admin/code'
import { App } from './app'
import { desktop, whenDesktop } from './lib/desktop'
import { surviveForeignChanges } from './lib/foreignChanges'
import { startI18n } from './lib/i18n'
import { watchTheme } from './lib/theme'
import { Boundary } from './ui/Boundary'
import { Failed } from './ui/Failed'
import './styles.css'

takeCode()
watchTheme()
await startI18n()

const root = document.getElementById('root')
if (root !== null) {
  surviveForeignChanges(document.body)
  createRoot(root).render(
    <Boundary fallback={<Failed />}>
      <App />
    </Boundary>,
  )
}

whenDesktop(() => {
  if (desktop()?.movedFrom !== undefined)
    void import('./desktop/portNotice').then(({ sayMoved }) => sayMoved())
})
