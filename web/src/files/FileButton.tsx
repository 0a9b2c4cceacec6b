import { Paperclip } from 'lucide-react'
import { type ChangeEvent, useRef } from 'react'
import { useT } from '../lib/i18n'
import { IconButton } from '../ui/Button'
import { takeFiles } from './takeFiles'

export function FileButton({ roomId }: { roomId: number }) {
  const t = useT()
  const input = useRef<HTMLInputElement>(null)

  function take(event: ChangeEvent<HTMLInputElement>) {
    takeFiles(roomId, Array.from(event.target.files ?? []))
    event.target.value = ''
  }

  return (
    <>
      <IconButton label={t('files.attach')} onClick={() => input.current?.click()}>
        <Paperclip size={20} />
      </IconButton>
      <input ref={input} type="file" multiple hidden aria-label={t('files.attach')} onChange={take} />
    </>
  )
}
