/** Short names for what travels on the wire about invitations. */
import type { components } from '../contract'

type Schemas = components['schemas']

export type Invite = Schemas['Invite']
export type OpenInvite = Schemas['OpenInvite']
export type Invitation = Schemas['Invitation']
