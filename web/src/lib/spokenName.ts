/** A name in running text, where a mark beside it would be lost. */
import { t } from './i18n'

export function spokenName({ username, is_guest }: { username: string; is_guest: boolean }): string {
  return is_guest ? t('members.guestName', { name: username }) : username
}
