"""Socket.IO events for rooms."""

from lanchat.core.chat import Chat
from lanchat.core.delivery.hub import Socket
from lanchat.core.edge.events import Events
from lanchat.rooms.schemas.incoming import RoomEntry, RoomRef
from lanchat.rooms.schemas.notifications import RoomPreferences
from lanchat.rooms.schemas.outgoing import RoomRow
from lanchat.rooms.schemas.told import (
    BlockChanged,
    MemberMuted,
    MembershipAdded,
    MembershipChange,
    MemberUpdated,
    RoleChanged,
    RoomAbilities,
    RoomDeleted,
    RoomEntered,
    RoomHidden,
    RoomJoined,
    RoomLeft,
)
from lanchat.rooms.service import join

events = Events(
    room_joined=RoomJoined,
    user_joined=MembershipChange,
    user_left=MembershipChange,
    room_created=RoomRow,
    room_updated=RoomRow,
    room_deleted=RoomDeleted,
    room_left=RoomLeft,
    room_hidden=RoomHidden,
    membership_added=MembershipAdded,
    role_changed=RoleChanged,
    member_muted=MemberMuted,
    member_updated=MemberUpdated,
    room_preferences=RoomPreferences,
    room_abilities=RoomAbilities,
    block_changed=BlockChanged,
)


@events.on("join_room", RoomEntry, answers=RoomEntered, comes_first=True)
async def join_room(chat: Chat, socket: Socket, entry: RoomEntry) -> RoomEntered:
    room = await join.enter_room(chat, socket.user_id, socket.sid, entry.room_id, entry.password)
    return RoomEntered(room=room)


@events.on("leave_room", RoomRef, comes_first=True)
async def leave_room(chat: Chat, socket: Socket, room: RoomRef) -> None:
    await join.leave_room(chat, socket.user_id, room.room_id)
