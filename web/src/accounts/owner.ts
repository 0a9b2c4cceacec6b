/** The name under which this browser keeps drafts and unsent messages: of one account at one host, and for no other. */
import { useServer } from '../host/store'
import type { OwnUser } from '../lib/types'
import { currentUser } from './store'

export const ownerOf = (user: OwnUser | null): string =>
  `${useServer.getState().info?.installation_id ?? ''}:${user?.id ?? ''}`

export const ownerHere = (): string => ownerOf(currentUser())
