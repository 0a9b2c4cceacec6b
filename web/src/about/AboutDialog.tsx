import { useT } from '../lib/i18n'
import { Dialog } from '../ui/Dialog'
import { Licences } from './Licences'

interface Props {
  /** With commit and date where they are known. */
  version: string
  /** Whose computer runs it; undefined on the window's first screen, where nobody hosts yet. */
  host?: string | undefined
  onClose: () => void
}

/** What this is, which version, and under which licences. */
export default function AboutDialog({ version, host, onClose }: Props) {
  const t = useT()
  return (
    <Dialog title={`LanChat ${version}`} description={t('about.what')} isOpen onClose={onClose}>
      <div className="grid gap-4">
        <img src="/icon.svg" alt="" width={56} height={56} className="mx-auto" />
        {host !== undefined && <p className="text-center text-soft">{t('account.host', { name: host })}</p>}
        <p className="text-sm">{t('about.free')}</p>
        <Licences />
      </div>
    </Dialog>
  )
}
