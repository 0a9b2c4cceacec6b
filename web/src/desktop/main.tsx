/** The first screen of the desktop window; a page of its own, served on loopback only. */
import { createRoot } from 'react-dom/client'
import { startI18n } from '../lib/i18n'
import { watchTheme } from '../lib/theme'
import '../styles.css'
import { StartScreen } from './StartScreen'
import { learnSentences } from './sentences'

watchTheme()
await startI18n()
await learnSentences()

const root = document.getElementById('root')
if (root !== null) createRoot(root).render(<StartScreen />)
