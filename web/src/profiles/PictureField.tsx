import { useRef, useState } from 'react'
import { useAccount } from '../accounts/store'
import { useT } from '../lib/i18n'
import { shownName } from '../lib/people'
import { useAction } from '../lib/useAction'
import { Alert } from '../ui/Alert'
import { Avatar } from '../ui/Avatar'
import { Button } from '../ui/Button'
import { say } from '../ui/Toast'
import { Crop } from './Crop'
import { removePicture, showPicture } from './store'

/** My picture, and another one in its place. */
export function PictureField() {
  const t = useT()
  const user = useAccount((state) => state.user)
  const [chosen, setChosen] = useState<ImageBitmap | null>(null)
  const [isUnreadable, setUnreadable] = useState(false)
  const { run, isBusy, problem } = useAction()
  const input = useRef<HTMLInputElement>(null)
  if (user === null) return null

  async function choose(file: File | undefined) {
    setUnreadable(false)
    if (file === undefined) return
    const bitmap = await createImageBitmap(file).catch(() => null)
    if (bitmap === null) setUnreadable(true)
    setChosen(bitmap)
  }

  const use = (picture: Blob) =>
    void run(async () => {
      await showPicture(picture)
      setChosen(null)
      say(t('profile.pictureSaved'))
    })

  if (chosen !== null)
    return (
      <>
        <Crop bitmap={chosen} isBusy={isBusy} onUse={use} onCancel={() => setChosen(null)} />
        {problem !== null && <Alert>{problem}</Alert>}
      </>
    )
  return (
    <div>
      <div className="flex items-center gap-4">
        <Avatar id={user.id} name={shownName(user)} url={user.avatar_url} size={72} />
        <div className="flex flex-wrap gap-2">
          <Button look="outline" onClick={() => input.current?.click()}>
            {t('profile.choosePicture')}
          </Button>
          {user.avatar_url !== null && (
            <Button look="quiet" disabled={isBusy} onClick={() => void run(removePicture)}>
              {t('profile.removePicture')}
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
