import { type ReactNode, useRef, useState } from 'react'
import { useT } from '../lib/i18n'
import { useAction } from '../lib/useAction'
import { Alert } from '../ui/Alert'
import { Button } from '../ui/Button'
import { say } from '../ui/Toast'
import { Crop } from './Crop'

interface Props {
  /** As it is shown now. */
  face: ReactNode
  /** Whether there is a picture that could be removed. */
  hasPicture: boolean
  /** What is said once another is shown. */
  saved: string
  shape: string
  onUse: (picture: Blob) => Promise<void>
  onRemove: () => Promise<void>
}

/** A small square picture, and another one in its place: chosen, and the part of it that is shown. */
export function ChoosePicture({ face, hasPicture, saved, shape, onUse, onRemove }: Props) {
  const t = useT()
  const [chosen, setChosen] = useState<ImageBitmap | null>(null)
  const [isUnreadable, setUnreadable] = useState(false)
  const { run, isBusy, problem } = useAction()
  const input = useRef<HTMLInputElement>(null)

  async function choose(file: File | undefined) {
    setUnreadable(false)
    if (file === undefined) return
    const bitmap = await createImageBitmap(file).catch(() => null)
    if (bitmap === null) setUnreadable(true)
    setChosen(bitmap)
  }

  const use = (picture: Blob) =>
    void run(async () => {
      await onUse(picture)
      setChosen(null)
      say(saved)
    })

  if (chosen !== null)
    return (
      <>
        <Crop bitmap={chosen} shape={shape} isBusy={isBusy} onUse={use} onCancel={() => setChosen(null)} />
        {problem !== null && <Alert>{problem}</Alert>}
      </>
    )
  return (
    <div>
      <div className="flex items-center gap-4">
        {face}
        <div className="flex flex-wrap gap-2">
          <Button look="outline" onClick={() => input.current?.click()}>
            {t('profile.choosePicture')}
          </Button>
          {hasPicture && (
            <Button
              look="quiet"
              aria-label={t('profile.removePicture')}
              disabled={isBusy}
              onClick={() => void run(onRemove)}
            >
              {t('profile.remove')}
            </Button>
          )}
        </div>
      </div>
      <input
        ref={input}
        type="file"
        accept="image/png,image/jpeg,image/gif,image/webp"
        aria-label={t('profile.choosePicture')}
        hidden
        onChange={(event) => {
          void choose(event.currentTarget.files?.[0])
          event.currentTarget.value = ''
        }}
      />
      {isUnreadable && <Alert>{t('profile.notAnImage')}</Alert>}
      {problem !== null && <Alert>{problem}</Alert>}
    </div>
  )
}
