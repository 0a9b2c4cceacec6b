import { useAccount } from '../accounts/store'
import { useT } from '../lib/i18n'
import { shownName } from '../lib/people'
import { Avatar } from '../ui/Avatar'
import { ChoosePicture } from './ChoosePicture'
import { removePicture, showPicture } from './store'

/** My picture, and another one in its place. */
export function PictureField() {
  const t = useT()
  const user = useAccount((state) => state.user)
  if (user === null) return null
  return (
    <ChoosePicture
      face={<Avatar id={user.id} name={shownName(user)} url={user.avatar_url} size={72} />}
      hasPicture={user.avatar_url !== null}
      saved={t('profile.pictureSaved')}
      shape="rounded-person"
      onUse={showPicture}
      onRemove={removePicture}
    />
  )
}
