/** Whose something is that this browser keeps: another account, or another host at this address, never gets it. */
import { useServer } from '../host/store'
import type { OwnUser } from '../lib/types'
import { currentUser } from './store'

export const ownerOf = (user: OwnUser | null): string =>
  `${useServer.getState().info?.installation_id ?? ''}:${user?.id ?? ''}`

export const ownerHere = (): string => ownerOf(currentUser())
