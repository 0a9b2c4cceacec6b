import { BlockDialog } from '../rooms/BlockDialog'
import { closeCard, editProfile, useProfiles } from './open'
import { ProfileCard } from './ProfileCard'
import { ProfileDialog } from './ProfileDialog'

/** Whatever is open of people's profiles. */
export default function ProfileLayer() {
  const userId = useProfiles((state) => state.userId)
  const isEditing = useProfiles((state) => state.isEditing)
  return (
    <>
      {userId !== null && <ProfileCard key={userId} userId={userId} onClose={closeCard} />}
      <BlockDialog />
      {isEditing && <ProfileDialog onClose={() => editProfile(false)} />}
    </>
  )
}
