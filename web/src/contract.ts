/**
 * The wire between the server and this client.
 * Shaped as `npm run contract` generates it from the server's OpenAPI document.
 */

type Json<T> = { content: { 'application/json': T } }
type Body<T> = { requestBody: Json<T> }
type Answers<Ok, Status extends number = 200> = { responses: { [S in Status]: Json<Ok> } & { default: Json<Schemas['ErrorBody']> } }
type InPath<P> = { parameters: { path: P } }
type Schemas = components['schemas']

export interface components {
  schemas: {
    User: {
      id: number
      username: string
      email: string
      avatar_url?: string | null
      is_online: boolean
      created_at: string
      last_seen: string
      real_name?: string | null
      bio?: string | null
      is_admin?: boolean
      is_guest?: boolean
      language?: string | null
    }
    Member: components['schemas']['User'] & { role: 'owner' | 'admin' | 'member' }
    Attachment: {
      filename: string
      file_path: string
      file_size: number
      content_type: string
      width: number | null
      height: number | null
    }
    Message: {
      id: number
      content: string
      message_type: 'text' | 'image' | 'file' | 'system'
      timestamp: string
      user_id: number
      room_id: number
      username: string
      avatar_url?: string | null
      edited_at?: string | null
      is_deleted: boolean
      seq: number
      changed_seq: number
      client_id: string | null
      attachment: components['schemas']['Attachment'] | null
      reply_to_id: number | null
    }
    ChatRoomRow: {
      id: number
      name: string
      description?: string | null
      is_private: boolean
      created_at: string
      created_by: number
      member_count: number
      online_count: number
      kind: 'room' | 'lobby'
    }
    ChatRoom: components['schemas']['ChatRoomRow'] & {
      role: 'owner' | 'admin' | 'member' | null
      last_seq: number
      last_read_seq: number | null
    }
    Overview: {
      rooms: { room_id: number; unread_count: number; last_message: components['schemas']['Message'] | null }[]
    }
    RoomList: { user_rooms: components['schemas']['ChatRoom'][]; available_rooms: components['schemas']['ChatRoom'][] }
    NewRoom: { name: string; description?: string; is_private?: boolean; password?: string }
    RoomEdit: { name?: string; description?: string; is_private?: boolean; password?: string }
    MemberList: { members: components['schemas']['Member'][]; total: number }
    MessagePage: { messages: components['schemas']['Message'][]; has_more: boolean; last_seq: number }
    Draft: {
      room_id: number
      content: string
      message_type?: 'text' | 'image' | 'file'
      file_path?: string
      client_id?: string
    }
    Token: { access_token: string; token_type: string }
    Login: components['schemas']['Token'] & { expires_at?: string | null; user: components['schemas']['User'] }
    Credentials: { username: string; password: string; remember?: boolean }
    Registration: { username: string; email?: string; password: string; password2: string }
    Registered: components['schemas']['User'] & components['schemas']['Token']
    Info: {
      name: string
      version: string
      installation_id: string
      registration_open: boolean
      guests_allowed: boolean
      max_image_bytes: number
      max_file_bytes: number
      max_message_chars: number
      time: string
    }
    Done: { message: string }
    ErrorBody: {
      error: { code: string; message: string; details?: Record<string, unknown> }
      detail: string
    }
  }
}

type RoomPath = InPath<{ room_id: number }>

export interface paths {
  '/api/info': { get: Answers<Schemas['Info']> }
  '/api/auth/register': { post: Body<Schemas['Registration']> & Answers<Schemas['Registered'], 201> }
  '/api/auth/login': {
    post: { requestBody: { content: { 'application/x-www-form-urlencoded': Schemas['Credentials'] } } } & Answers<
      Schemas['Login']
    >
  }
  '/api/auth/me': { get: Answers<Schemas['User']> }
  '/api/auth/logout': { post: Answers<Schemas['Done']> }
  '/api/rooms/': {
    get: Answers<Schemas['RoomList']>
    post: Body<Schemas['NewRoom']> & Answers<Schemas['ChatRoom'], 201>
  }
  '/api/rooms/{room_id}': {
    get: RoomPath & Answers<Schemas['ChatRoom']>
    put: RoomPath & Body<Schemas['RoomEdit']> & Answers<Schemas['ChatRoom']>
    delete: RoomPath & Answers<Schemas['Done']>
  }
  '/api/rooms/{room_id}/join': { post: RoomPath & Body<{ password?: string }> & Answers<Schemas['ChatRoom']> }
  '/api/rooms/{room_id}/leave': { post: RoomPath & Answers<Schemas['Done']> }
  '/api/rooms/{room_id}/members': {
    get: { parameters: { path: { room_id: number }; query?: { skip?: number; limit?: number } } } & Answers<
      Schemas['MemberList']
    >
  }
  '/api/messages/overview': { get: Answers<Schemas['Overview']> }
  '/api/messages/{room_id}': {
    get: {
      parameters: {
        path: { room_id: number }
        query?: { skip?: number; limit?: number; before_seq?: number; after_seq?: number }
      }
    } & Answers<Schemas['MessagePage']>
  }
}

/** Payloads of the Socket.IO events that the server sends. */
export interface ServerEvents {
  room_joined: { room_id: number; room_name: string; member_count: number; online_members: Schemas['User'][] }
  user_joined: { user_id: number; username: string; room_id: number }
  user_left: { user_id: number; username: string; room_id: number }
  new_message: Schemas['Message']
  typing_update: { room_id: number; typing_users: string[] }
  user_status_update: { user_id: number; username: string; is_online: boolean }
  online_users_update: { room_id?: number; online_users: Schemas['User'][] }
  error: { message: string; code?: string; details?: Record<string, unknown>; event?: string }
  room_created: Schemas['ChatRoomRow']
  room_updated: Schemas['ChatRoomRow']
  room_deleted: { room_id: number; name: string }
  room_read: { room_id: number; last_read_seq: number }
  role_changed: { room_id: number; role: 'owner' | 'admin' | 'member' }
  room_left: { room_id: number }
  membership_added: { room: Schemas['ChatRoom'] }
  session_revoked: { reason: string }
  server_stopping: { restart_expected: boolean }
  resync: Record<string, never>
}

/** Payloads of the Socket.IO events that this client sends. */
export interface ClientEvents {
  join_room: { room_id: number; password?: string }
  leave_room: { room_id: number }
  send_message: Schemas['Draft']
  typing_start: { room_id: number }
  typing_stop: { room_id: number }
  mark_read: { room_id: number; seq: number }
  sync: { rooms: Record<string, number> }
}
