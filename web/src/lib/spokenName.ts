/** A name in running text, where a mark beside it would be lost. */
import { t } from './i18n'
import { shownName } from './people'

interface Person {
  username: string
  display_name?: string | null
  is_guest: boolean
}

export function spokenName(person: Person): string {
  const name = shownName(person)
  return person.is_guest ? t('members.guestName', { name }) : name
}
