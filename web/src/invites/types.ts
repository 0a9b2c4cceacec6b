/** Short names for what travels on the wire about invitations and codes. */
import type { components } from '../contract'

type Schemas = components['schemas']

export type Invite = Schemas['Invite']
export type OpenInvite = Schemas['OpenInvite']
export type Invitation = Schemas['Invitation']
export type DeviceCode = Schemas['DeviceCode']
