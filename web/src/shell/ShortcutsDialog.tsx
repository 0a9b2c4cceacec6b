import { isApple } from '../lib/capabilities'
import { useT } from '../lib/i18n'
import { Dialog } from '../ui/Dialog'
import { closePanel } from './panels'

/** The keys that work here, and what they do. */
export default function ShortcutsDialog() {
  const t = useT()
  const command = isApple() ? '⌘' : 'Ctrl'
  const keys: [string, string][] = [
    [`${command} K`, t('keys.switcher')],
    [`${command} F`, t('keys.search')],
    ['Alt ↑ ↓', t('keys.neighbour')],
    ['F6', t('keys.regions')],
    ['↑ ↓', t('keys.rows')],
    ['Enter', t('keys.send')],
    ['Shift Enter', t('keys.newline')],
    ['Esc', t('keys.close')],
    ['?', t('keys.help')],
  ]
  return (
    <Dialog title={t('settings.shortcuts')} isOpen onClose={closePanel}>
      <dl className="space-y-2.5">
        {keys.map(([key, meaning]) => (
          <div key={key} className="flex items-center justify-between gap-4">
            <dt>{meaning}</dt>
            <dd className="flex gap-1">
              {key.split(' ').map((part) => (
                <kbd
                  key={part}
                  className="rounded-md border border-line bg-ground px-1.5 py-0.5 font-sans text-xs text-soft"
                >
                  {part}
                </kbd>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </Dialog>
  )
}
