/** Short names for what travels on the wire. */
import type { components } from '../contract'

type Schemas = components['schemas']

export type User = Schemas['User']
export type OwnUser = Schemas['OwnUser']
export type DirectMember = Schemas['DirectMember']
export type Member = Schemas['Member']
export type Message = Schemas['Message']
export type MessageType = Message['message_type']
export type Forwarded = NonNullable<Message['forwarded_from']>
export type Attachment = Schemas['Attachment']
export type RoomRow = Schemas['ChatRoomRow']
export type ChatRoom = Schemas['ChatRoom']
export type Address = Schemas['Address']
export type Info = Schemas['Info']
