import { X } from 'lucide-react'
import { Dialog } from 'radix-ui'
import { useEffect, useEffectEvent } from 'react'
import { shortOf } from '../host/addressText'
import { useBackCloses } from '../lib/backCloses'
import { useT } from '../lib/i18n'
import type { Address } from '../lib/types'
import { IconButton } from '../ui/Button'
import { QrCode } from '../ui/QrCode'
import { NewcomerCount } from './NewcomerCount'

interface Props {
  /** Whose host, or which room. */
  heading: string
  scanned: Address
  /** Left out where the address is too long to type. */
  typed?: Address | undefined
  onClose: () => void
}

/** The code and the address as large as the screen, for the back row. */
export function Projector({ heading, scanned, typed, onClose }: Props) {
  useBackCloses(true, onClose)
  const t = useT()
  useFullScreen(onClose)
  return (
    <Dialog.Root open onOpenChange={(open) => !open && onClose()}>
      <Dialog.Portal>
        <Dialog.Content
          aria-describedby={undefined}
          className="fixed inset-0 z-50 grid content-center justify-items-center gap-[4vmin] overflow-y-auto bg-ground p-[5vmin] outline-none landscape:grid-cols-[auto_1fr] landscape:items-center landscape:gap-[6vmin]"
        >
          <QrCode
            address={scanned}
            className="size-[min(80vw,52vh)] rounded-[2vmin] p-[1vmin] landscape:size-[min(46vw,86vh)]"
          />
          <div className="w-full min-w-0 space-y-[3vmin] text-center landscape:text-start">
            <Dialog.Title
              dir="auto"
              className="font-voice text-[clamp(1.75rem,8vmin,7rem)] leading-tight font-semibold break-words"
            >
              {heading}
            </Dialog.Title>
            <p className="text-[clamp(1.125rem,4vmin,3.5rem)] leading-snug text-soft">
              {t(typed === undefined ? 'invite.scan' : 'invite.scanOrOpen')}
            </p>
            {typed !== undefined && (
              <p className="font-mono text-[clamp(1.375rem,6.5vw,5.5rem)] landscape:text-[clamp(1.375rem,4vw,6rem)] leading-tight font-semibold break-all text-accent">
                {shortOf(typed.url)}
              </p>
            )}
            <p className="text-[clamp(1rem,3vmin,2.5rem)] text-soft">{t('invite.sameNetwork')}</p>
            <NewcomerCount className="justify-center text-[clamp(1.125rem,3.6vmin,3rem)] landscape:justify-start" />
          </div>
          <Dialog.Close asChild>
            <IconButton label={t('ui.close')} className="fixed end-3 top-3">
              <X size={20} />
            </IconButton>
          </Dialog.Close>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  )
}

/** Where the browser gives the whole screen, Esc leaves it without telling the page its key. */
function useFullScreen(onClose: () => void): void {
  const leave = useEffectEvent(() => {
    if (document.fullscreenElement === null) onClose()
  })
  useEffect(() => {
    const onChange = () => leave()
    document.addEventListener('fullscreenchange', onChange)
    document.documentElement.requestFullscreen?.().catch(() => undefined)
    return () => {
      document.removeEventListener('fullscreenchange', onChange)
      if (document.fullscreenElement !== null) void document.exitFullscreen()
    }
  }, [])
}
